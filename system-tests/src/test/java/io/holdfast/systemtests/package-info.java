/**
 * Holdfast as a whole, seen from outside: real processes, killed; foreign clients; broken input.
 */
@NullMarked
package io.holdfast.systemtests;

import org.jspecify.annotations.NullMarked;
