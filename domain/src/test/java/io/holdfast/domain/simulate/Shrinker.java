package io.holdfast.domain.simulate;

import java.util.ArrayList;
import java.util.List;

/** Takes lines away from a failing script while it still fails for the same reason. */
final class Shrinker {
  private Shrinker() {}

  static List<String> shrink(List<String> failing, String kind) {
    List<String> lines = new ArrayList<>(failing);
    int chunk = Math.max(1, lines.size() / 2);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < deadline) {
      boolean removed = false;
      for (int at = 0; at < lines.size() && System.nanoTime() < deadline; ) {
        List<String> fewer = new ArrayList<>(lines);
        fewer.subList(at, Math.min(lines.size(), at + chunk)).clear();
        Throwable fault = Player.fault(fewer);
        if (fault != null && Player.kind(fault).equals(kind)) {
          lines = fewer;
          removed = true;
        } else {
          at += chunk;
        }
      }
      if (!removed && chunk == 1) {
        return lines;
      }
      chunk = removed && chunk == 1 ? 1 : Math.max(1, chunk / 2);
    }
    return lines;
  }
}
