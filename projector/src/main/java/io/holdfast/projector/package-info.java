/**
 * The audit: projects the log into PostgreSQL, answers from there, and proves from the log itself.
 * Knows schemas, domain and wire; never the allocator, an agent, or an embedded part.
 */
@NullMarked
package io.holdfast.projector;

import org.jspecify.annotations.NullMarked;
