package io.holdfast.allocator.http;

import java.io.IOException;

/** The other end of a stream has gone: there is nobody left to answer. */
final class ClientGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(IOException cause) {
    super("the connection is gone", cause, false, false);
  }
}
