package io.holdfast.cli.session;

/** Exit codes, for scripts. The launcher adds 5: no JDK 25, or the build failed. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Anything that has no code of its own. */
  public static final int FAILED = 1;

  /** The command line makes no sense. */
  public static final int USAGE = 2;

  /** The service refused. */
  public static final int REFUSED = 3;

  /** The service cannot be reached, cannot work now, or did not answer in time. */
  public static final int UNREACHABLE = 4;

  private ExitCode() {}
}
