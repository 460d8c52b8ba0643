/**
 * Plays the failures that real users had with other allocators, on a throw-away stack with
 * simulated gateways, and checks what happens here. Talks to the service as any client does:
 * commands and reports in, state and events out.
 */
@NullMarked
package io.holdfast.demo;

import org.jspecify.annotations.NullMarked;
