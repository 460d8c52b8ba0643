/**
 * Benchmarks on a real broker: figures with their units, targets and ratios. Measures only; changes
 * nothing.
 */
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
