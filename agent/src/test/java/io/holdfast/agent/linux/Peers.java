package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.Netns;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Servers and clients whose sockets live in namespaces. */
public final class Peers {
  private static final int PATIENCE_MS = 1500;

  private Peers() {}

  /** Tells each who connects whom he comes from, over TCP, then echoes. */
  public static Closeable tcpServer(Netns where, String address, int port) throws IOException {
    ServerSocketChannel server =
        where.in(() -> ServerSocketChannel.open().bind(new InetSocketAddress(address, port)));
    Thread.ofVirtual()
        .start(() -> {
          while (server.isOpen()) {
            try {
              SocketChannel client = server.accept();
              Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
              return;
            }
          }
        });
    return server;
  }

  private static void serve(SocketChannel client) {
    try (client) {
      String from = ((InetSocketAddress) client.getRemoteAddress()).getAddress().getHostAddress();
      client.write(ByteBuffer.wrap((from + "\n").getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer buffer = ByteBuffer.allocate(100);
      while (client.read(buffer.clear()) > 0) {
        client.write(buffer.flip());
      }
    } catch (IOException e) {
      // The client sees it too.
    }
  }

  /** Answers each datagram with the address it comes from. */
  public static Closeable udpServer(Netns where, String address, int port) throws IOException {
    DatagramChannel server =
        where.in(() -> DatagramChannel.open().bind(new InetSocketAddress(address, port)));
    Thread.ofVirtual()
        .start(() -> {
          ByteBuffer buffer = ByteBuffer.allocate(100);
          while (server.isOpen()) {
            try {
              InetSocketAddress from = (InetSocketAddress) server.receive(buffer.clear());
              String said = from.getAddress().getHostAddress();
              server.send(ByteBuffer.wrap(said.getBytes(StandardCharsets.US_ASCII)), from);
            } catch (IOException e) {
              return;
            }
          }
        });
    return server;
  }

  /** A connection that has been made, with what the server said first. */
  public record Connection(SocketChannel channel, String seenAs) implements Closeable {
    /** Whether what is sent comes back. */
    public boolean echoes() {
      try {
        channel.write(ByteBuffer.wrap("x\n".getBytes(StandardCharsets.US_ASCII)));
        return line(channel).isPresent();
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Empty if no connection comes about, or nothing comes through it. */
  public static Optional<Connection> connect(Netns from, String source, String address, int port)
      throws IOException {
    SocketChannel channel =
        from.in(() -> {
          SocketChannel opened = SocketChannel.open();
          if (!source.isEmpty()) {
            opened.bind(new InetSocketAddress(source, 0));
          }
          opened.configureBlocking(false);
          opened.connect(new InetSocketAddress(address, port));
          return opened;
        });
    try {
      if (await(channel, SelectionKey.OP_CONNECT) && channel.finishConnect()) {
        Optional<String> said = line(channel);
        if (said.isPresent()) {
          return Optional.of(new Connection(channel, said.get()));
        }
      }
    } catch (IOException e) {
      // refused, or no way there
    }
    channel.close();
    return Optional.empty();
  }

  /** What the server sees as the source of a new TCP connection; empty if there is none. */
  public static String seenByTcp(Netns from, String source, String address, int port)
      throws IOException {
    Optional<Connection> connection = connect(from, source, address, port);
    if (connection.isEmpty()) {
      return "";
    }
    try (Connection open = connection.get()) {
      return open.seenAs();
    }
  }

  public static String seenByUdp(Netns from, String source, String address, int port)
      throws IOException {
    try (DatagramChannel channel =
        from.in(() -> {
          DatagramChannel opened = DatagramChannel.open();
          if (!source.isEmpty()) {
            opened.bind(new InetSocketAddress(source, 0));
          }
          opened.configureBlocking(false);
          opened.connect(new InetSocketAddress(address, port));
          return opened;
        })) {
      channel.write(ByteBuffer.wrap(new byte[] {'?'}));
      ByteBuffer buffer = ByteBuffer.allocate(100);
      if (!await(channel, SelectionKey.OP_READ) || channel.read(buffer) <= 0) {
        return "";
      }
      return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<String> line(SocketChannel channel) throws IOException {
    StringBuilder said = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(100);
    while (said.indexOf("\n") < 0) {
      if (!await(channel, SelectionKey.OP_READ) || channel.read(buffer.clear()) <= 0) {
        return Optional.empty();
      }
      said.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
    }
    return Optional.of(said.toString().strip());
  }

  private static boolean await(java.nio.channels.SelectableChannel channel, int operation)
      throws IOException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, operation);
      return selector.select(PATIENCE_MS) > 0;
    }
  }
}
