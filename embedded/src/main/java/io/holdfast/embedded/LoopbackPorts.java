package io.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The broker's two listening sockets, bound before the broker exists: a taken port is found at once
 * and as what it is, and a free port that was picked cannot be lost to somebody else before the
 * broker asks for it.
 */
final class LoopbackPorts implements ServerSocketFactory, AutoCloseable {
  private final ServerSocketChannel broker;
  private final ServerSocketChannel controller;

  private LoopbackPorts(ServerSocketChannel broker, ServerSocketChannel controller) {
    this.broker = broker;
    this.controller = controller;
  }

  static LoopbackPorts bind(int port) {
    ServerSocketChannel broker = bindOne(port);
    try {
      return new LoopbackPorts(broker, bindOne(0));
    } catch (RuntimeException e) {
      closeQuietly(broker);
      throw e;
    }
  }

  private static ServerSocketChannel bindOne(int port) {
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return channel;
    } catch (BindException e) {
      closeQuietly(channel);
      throw new EmbeddedException.PortTaken("Kafka", port, e);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
    }
  }

  String broker() {
    return "127.0.0.1:" + broker.socket().getLocalPort();
  }

  String controller() {
    return "127.0.0.1:" + controller.socket().getLocalPort();
  }

  int brokerPort() {
    return broker.socket().getLocalPort();
  }

  InetSocketAddress controllerAddress() {
    return new InetSocketAddress(
        InetAddress.ofLiteral("127.0.0.1"), controller.socket().getLocalPort());
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) {
    return listenerName.equals(BrokerProperties.CONTROLLER_LISTENER) ? controller : broker;
  }

  /** Closes what the broker has not closed itself. */
  @Override
  public void close() {
    closeQuietly(broker);
    closeQuietly(controller);
  }

  private static void closeQuietly(@Nullable ServerSocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written to it, so nothing is lost.
    }
  }
}
