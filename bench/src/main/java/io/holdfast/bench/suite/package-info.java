/** The benchmarks: one class each, with one purpose. */
@NullMarked
package io.holdfast.bench.suite;

import org.jspecify.annotations.NullMarked;
