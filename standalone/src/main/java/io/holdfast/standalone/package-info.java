/**
 * All of Holdfast in one process: broker, registry, allocator and HTTP, with its data in one
 * directory. What {@code holdfast up}, the demo, the benchmarks and the system tests run.
 */
@NullMarked
package io.holdfast.standalone;

import org.jspecify.annotations.NullMarked;
