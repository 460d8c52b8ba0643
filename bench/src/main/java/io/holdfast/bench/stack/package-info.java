/** What is measured: stacks in this process, processes of their own, and their folders. */
@NullMarked
package io.holdfast.bench.stack;

import org.jspecify.annotations.NullMarked;
