package io.holdfast.cli.client;

/** The service gave no answer that could be used. Which of the cases it is says what to do. */
public abstract sealed class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ServiceException(String message, Throwable cause) {
    super(message, cause);
  }

  private ServiceException(String message) {
    super(message);
  }

  /** A query was answered with a 4xx problem. Refused commands are answers and not thrown. */
  public static final class Refused extends ServiceException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    public Refused(Problem problem) {
      super(problem.code() + ": " + problem.detail());
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }
  }

  /** Nothing was asked of anybody: no connection, or the service says that it cannot work now. */
  public static final class Unreachable extends ServiceException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
      super(message);
    }

    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The request may have arrived, and no answer came: a command may have been executed, or still
   * be.
   */
  public static final class NoAnswer extends ServiceException {
    private static final long serialVersionUID = 1L;

    public NoAnswer(String message) {
      super(message);
    }

    public NoAnswer(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Something else than the HTTP API answered, or the service has a fault. */
  public static final class Unexpected extends ServiceException {
    private static final long serialVersionUID = 1L;

    public Unexpected(String message) {
      super(message);
    }
  }
}
