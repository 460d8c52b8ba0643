/** Straight from the log, without a database: fold, verify, prove. */
@NullMarked
package io.holdfast.projector.replay;

import org.jspecify.annotations.NullMarked;
