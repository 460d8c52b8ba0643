/** What auditors ask, answered from the database. Reads only. */
@NullMarked
package io.holdfast.projector.query;

import org.jspecify.annotations.NullMarked;
