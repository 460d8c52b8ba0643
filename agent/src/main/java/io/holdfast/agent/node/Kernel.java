package io.holdfast.agent.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of itself. */
public final class Kernel {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  private Kernel() {}

  /**
   * New after every boot; random(4).
   *
   * @throws UncheckedIOException if this is no Linux
   */
  public static String bootId() {
    return read(BOOT_ID).strip();
  }

  /**
   * Milliseconds since boot, suspend included (CLOCK_BOOTTIME, proc_uptime(5)); to the hundredth of
   * a second.
   */
  public static long uptimeMillis() {
    String text = read(UPTIME);
    int dot = text.indexOf('.');
    long seconds = Long.parseLong(text, 0, dot, 10);
    return seconds * 1_000 + 10L * Integer.parseInt(text, dot + 1, dot + 3, 10);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read; the agent needs Linux", e);
    }
  }
}
