/** What a benchmark is and what it brings: figures, their limits and targets, and how they look. */
@NullMarked
package io.holdfast.bench.frame;

import org.jspecify.annotations.NullMarked;
