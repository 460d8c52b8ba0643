/**
 * The projector: from the log into the database, exactly once, network by network. The only place
 * that writes.
 */
@NullMarked
package io.holdfast.projector.project;

import org.jspecify.annotations.NullMarked;
