/**
 * The real parts Holdfast runs on, started from this JVM: one Kafka broker inside it, one schema
 * registry as its child.
 *
 * <p>For {@code holdfast up}, tests, the demo and the benchmarks. May touch files below the
 * directories it is given, loopback sockets and its own child processes; knows nothing of the rest
 * of Holdfast.
 */
@NullMarked
package io.holdfast.embedded;

import org.jspecify.annotations.NullMarked;
