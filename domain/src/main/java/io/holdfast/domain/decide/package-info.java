/**
 * What follows from a command, a report or a timer: guards first, then events. Reads state, writes
 * none itself.
 */
@NullMarked
package io.holdfast.domain.decide;

import org.jspecify.annotations.NullMarked;
