package io.holdfast.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call to the registry that gave no result. The subclass says whether trying again can help. */
public abstract sealed class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** No instance gave an answer in time. Trying again later may help. */
  public static final class Unreachable extends RegistryException {
    private static final long serialVersionUID = 1L;
    private final List<URI> urls;
    private final Duration after;

    Unreachable(
        String what, List<URI> urls, Duration after, String last, @Nullable Throwable cause) {
      super(
          what + ": no answer from " + urls + " in " + after.toMillis() + " ms; last: " + last,
          cause);
      this.urls = List.copyOf(urls);
      this.after = after;
    }

    /** The base URLs that were tried. */
    public List<URI> urls() {
      return urls;
    }

    /** How long was tried. */
    public Duration after() {
      return after;
    }
  }

  /** The registry does not know this id or subject. */
  public static final class NotFound extends RegistryException {
    private static final long serialVersionUID = 1L;

    NotFound(String what, String where) {
      super(what + ": unknown to the registry at " + where, null);
    }
  }

  /** The schema may not be the next version of its subject. */
  public static final class Incompatible extends RegistryException {
    private static final long serialVersionUID = 1L;
    private final String subject;
    private final List<String> messages;

    Incompatible(String subject, String where, List<String> messages) {
      super(
          "schema is incompatible with subject " + subject + " at " + where + ": " + messages,
          null);
      this.subject = subject;
      this.messages = List.copyOf(messages);
    }

    /** The subject whose rule was broken. */
    public String subject() {
      return subject;
    }

    /** The registry's own words. */
    public List<String> messages() {
      return messages;
    }
  }

  /** The credentials are missing, wrong, or do not allow this. */
  public static final class Unauthorized extends RegistryException {
    private static final long serialVersionUID = 1L;

    Unauthorized(String what, String where, int status) {
      super(
          what + ": " + where + " answered " + status + "; check user, password and rights", null);
    }
  }

  /** The registry refused the request for another reason. */
  public static final class Rejected extends RegistryException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final int errorCode;

    Rejected(String what, String where, int status, int errorCode, String reason) {
      super(
          what
              + ": "
              + where
              + " answered "
              + status
              + " (error code "
              + errorCode
              + "): "
              + reason,
          null);
      this.status = status;
      this.errorCode = errorCode;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The registry's error code; 0 when it gave none. */
    public int errorCode() {
      return errorCode;
    }
  }

  /**
   * The registry answered well, but with something that is not a registry's answer, or not an Avro
   * schema.
   */
  public static final class Unintelligible extends RegistryException {
    private static final long serialVersionUID = 1L;

    Unintelligible(String what, String where, String problem, @Nullable Throwable cause) {
      super(what + ": cannot make sense of the answer of " + where + ": " + problem, cause);
    }
  }
}
