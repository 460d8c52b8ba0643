package io.holdfast.embedded;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part that could not be started or stopped. The subclass says why, the message says what to do
 * about it.
 */
public abstract sealed class EmbeddedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private EmbeddedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Somebody else listens on the port that was asked for. */
  public static final class PortTaken extends EmbeddedException {
    private static final long serialVersionUID = 1L;
    private final int port;

    PortTaken(String part, int port, @Nullable Throwable cause) {
      super(
          part
              + ": port "
              + port
              + " on 127.0.0.1 is taken; choose another one, or 0 for any free port",
          cause);
      this.port = port;
    }

    /** The port that was asked for. */
    public int port() {
      return port;
    }
  }

  /** A running broker, of this process or another one, owns the data directory. */
  public static final class DataDirectoryLocked extends EmbeddedException {
    private static final long serialVersionUID = 1L;
    private final String directory;

    DataDirectoryLocked(Path directory, String owner, @Nullable Throwable cause) {
      super(
          "data directory "
              + directory
              + " is in use by "
              + owner
              + "; stop it, or choose another directory",
          cause);
      this.directory = directory.toString();
    }

    /** The directory that is in use. */
    public String directory() {
      return directory;
    }
  }

  /** The part began to start and gave up. */
  public static final class StartFailed extends EmbeddedException {
    private static final long serialVersionUID = 1L;
    private final List<String> lastLines;

    StartFailed(String message, List<String> lastLines, @Nullable Throwable cause) {
      super(
          lastLines.isEmpty()
              ? message
              : message + "; its last lines:\n" + String.join("\n", lastLines),
          cause);
      this.lastLines = List.copyOf(lastLines);
    }

    /**
     * The end of the log of the part that failed, oldest line first; empty for a part in this
     * process.
     */
    public List<String> lastLines() {
      return lastLines;
    }
  }

  /** The part was told to stop, and did not, or not in the way it should. */
  public static final class StopFailed extends EmbeddedException {
    private static final long serialVersionUID = 1L;

    StopFailed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
