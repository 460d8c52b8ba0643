/**
 * Benchmarks: figures with their units, limits and targets. Which there are, and how they are run.
 * Measures only; changes nothing.
 */
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
