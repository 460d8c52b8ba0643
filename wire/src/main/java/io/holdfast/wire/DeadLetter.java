package io.holdfast.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used. The schema documents the fields.
 *
 * @param time epoch milliseconds
 * @param fault name of the {@link UnreadableException.Fault}
 */
public record DeadLetter(
    String topic,
    int partition,
    long offset,
    long time,
    String fault,
    String message,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value) {}
