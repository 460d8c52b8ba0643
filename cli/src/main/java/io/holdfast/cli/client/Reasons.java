package io.holdfast.cli.client;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** Says in a few words why a connection failed: the JDK's exceptions often have no message. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      switch (t) {
        case HttpConnectTimeoutException e -> {
          return "no connection in time";
        }
        case UnresolvedAddressException e -> {
          return "no such host";
        }
        case UnknownHostException e -> {
          return "no such host";
        }
        default -> {} // the cause may say more
      }
    }
    String message = failure.getMessage();
    if (message == null && failure instanceof ConnectException) {
      return "connection refused";
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
