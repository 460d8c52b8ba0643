/**
 * The {@code holdfast} command: what the shell sees. Knows the service by its HTTP API alone; no
 * verb opens a connection, reads the clock or writes to a stream except through what it is given.
 */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
