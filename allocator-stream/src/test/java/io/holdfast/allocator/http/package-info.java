/** The HTTP API over a real server, on an allocator that decides in memory. */
@NullMarked
package io.holdfast.allocator.http;

import org.jspecify.annotations.NullMarked;
