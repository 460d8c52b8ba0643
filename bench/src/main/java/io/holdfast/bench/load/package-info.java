/**
 * Loads on topics, as any client puts them on, and the bare topology that they are held against.
 */
@NullMarked
package io.holdfast.bench.load;

import org.jspecify.annotations.NullMarked;
