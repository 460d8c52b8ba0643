/**
 * What an event makes of the state. The only code that writes tables; live processing and replay
 * share it.
 */
@NullMarked
package io.holdfast.domain.evolve;

import org.jspecify.annotations.NullMarked;
