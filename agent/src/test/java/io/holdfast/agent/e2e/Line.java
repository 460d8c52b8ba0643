package io.holdfast.agent.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The line between an agent and the service, which can be cut: a relay on loopback. */
final class Line implements AutoCloseable {
  private final ServerSocket server;
  private final URI to;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Line(URI to) throws IOException {
    this.to = to;
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        if (cut) {
          near.close();
        } else {
          relay(near);
        }
      } catch (IOException closed) {
        // the next round sees whether the line is still wanted
      }
    }
  }

  private void relay(Socket near) throws IOException {
    Socket far = new Socket();
    far.connect(new InetSocketAddress(to.getHost(), to.getPort()));
    open.add(near);
    open.add(far);
    Thread.ofVirtual().start(() -> pump(near, far));
    Thread.ofVirtual().start(() -> pump(far, near));
  }

  private void pump(Socket from, Socket into) {
    try (from;
        into;
        InputStream in = from.getInputStream();
        OutputStream out = into.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException cutOff) {
      // that is what lines are for
    } finally {
      open.remove(from);
      open.remove(into);
    }
  }

  /** Nothing gets through any more. */
  void cut() throws IOException {
    cut = true;
    for (Socket socket : open) {
      socket.close();
    }
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
