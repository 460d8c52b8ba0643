/**
 * The HTTP API over the service: JSON in and out, problems, long polls, server-sent events. Knows
 * nothing of Kafka.
 */
@NullMarked
package io.holdfast.allocator.http;

import org.jspecify.annotations.NullMarked;
