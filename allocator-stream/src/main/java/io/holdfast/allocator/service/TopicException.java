package io.holdfast.allocator.service;

/**
 * A topic or the cluster is not set up as the service needs it. The message lists every wrong
 * setting.
 */
public final class TopicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TopicException(String message) {
    super(message);
  }
}
