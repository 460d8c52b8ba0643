package io.holdfast.agent.exec;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a user's program is run.
 *
 * @param program it and nothing else; arguments follow
 * @param runFolder for locks and leases; on Linux a folder that a boot empties
 * @param limit how long one run may take before it is killed. A fence that comes in the middle of a
 *     run waits for it, so it is less where a gateway's lease is short: see docs/agent.md
 */
public record ExecOptions(Path program, Path runFolder, Duration limit) {
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(2);
}
