package io.holdfast.cli.out;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * One line that is written over, four times a second at most; elsewhere a line every ten percent.
 */
public final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long EVERY = 250_000_000;

  private final PrintWriter err;
  private final boolean interactive;
  private final String what;
  private final long began = System.nanoTime();
  private long last = began - EVERY;
  private long tenth = -1;
  private boolean shown;

  /**
   * @param interactive whether a person is looking
   */
  public ProgressBar(PrintWriter err, boolean interactive, String what) {
    this.err = err;
    this.interactive = interactive;
    this.what = what;
  }

  /** So much is done of so much. */
  public void at(long done, long total) {
    long now = System.nanoTime();
    boolean all = done >= total;
    long percent = total == 0 ? 100 : Math.min(100, done * 100 / total);
    if (interactive ? !all && now - last < EVERY : percent / 10 == tenth) {
      return;
    }
    last = now;
    tenth = percent / 10;
    double seconds = Math.max(1e-9, (now - began) / 1e9);
    double rate = done / seconds;
    String left = done == 0 || all ? "" : ", %.0f s left".formatted((total - done) / rate);
    String bar = "#".repeat((int) (percent * WIDTH / 100));
    String line =
        String.format(
            Locale.ROOT,
            "%s [%-" + WIDTH + "s] %3d %%  %,d of %,d, %,.0f/s%s",
            what,
            bar,
            percent,
            done,
            total,
            rate,
            left);
    err.print(interactive ? "\r\u001b[K" + line : line + System.lineSeparator());
    err.flush();
    shown = true;
  }

  /** Nothing more comes. */
  public void end() {
    if (interactive && shown) {
      err.println();
      err.flush();
    }
  }
}
