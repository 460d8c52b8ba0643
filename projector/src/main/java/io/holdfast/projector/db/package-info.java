/** The audit database: connections, schema, and getting many rows into it fast. */
@NullMarked
package io.holdfast.projector.db;

import org.jspecify.annotations.NullMarked;
