package io.holdfast.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A command or report that came while the stores were being brought in step with the log. The
 * schema documents the fields.
 *
 * @param timestamp epoch milliseconds
 */
public record Held(
    String topic,
    int partition,
    long offset,
    long timestamp,
    ByteBuffer key,
    @Nullable ByteBuffer value) {}
