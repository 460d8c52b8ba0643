/**
 * The projector: from the log into the database, exactly once, network by network.
 */
@NullMarked
package io.holdfast.projector.project;

import org.jspecify.annotations.NullMarked;
