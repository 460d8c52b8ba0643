package io.holdfast.agent.linux.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Sends and receives frames on one interface, or receives ICMPv6. One caller at a time. */
public final class RawSocket implements AutoCloseable {
  public static final int ARP = 0x0806;

  private static final int CLOSE_ON_EXEC = 0x80000;

  private final int fd;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);

  private RawSocket(int fd) {
    this.fd = fd;
  }

  /**
   * Whole Ethernet frames, in the namespace of the calling thread.
   *
   * @param protocol EtherType of what is received; 0: nothing is, it is for sending
   */
  public static RawSocket frames(int link, int protocol) throws IOException {
    int networkOrder = Short.toUnsignedInt(Short.reverseBytes((short) protocol));
    RawSocket socket = new RawSocket(Libc.socket(17, 3 | CLOSE_ON_EXEC, 0));
    try {
      Libc.setOption(socket.fd, 1, 33, intBuffer(1 << 24)); // SO_RCVBUFFORCE
      ByteBuffer address = ByteBuffer.allocateDirect(20).order(ByteOrder.nativeOrder());
      address.putShort((short) 17).putShort((short) networkOrder).putInt(link);
      Libc.bind(socket.fd, address.position(0));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** ICMPv6 messages of one type only, on one interface: from the ICMPv6 header on. */
  public static RawSocket icmpV6(String link, int type) throws IOException {
    RawSocket socket = new RawSocket(Libc.socket(AddressBytes.AF_INET6, 3 | CLOSE_ON_EXEC, 58));
    try {
      Libc.setOption(socket.fd, 1, 33, intBuffer(1 << 24));
      byte[] name =
          java.util.Arrays.copyOf(link.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 16);
      Libc.setOption(socket.fd, 1, 25, ByteBuffer.allocateDirect(16).put(name).flip());
      ByteBuffer filter = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
      for (int i = 0; i < 8; i++) {
        filter.putInt(type >> 5 == i ? ~(1 << (type & 31)) : -1); // a set bit blocks
      }
      Libc.setOption(socket.fd, 58, 1, filter.flip());
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static ByteBuffer intBuffer(int value) {
    return ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder()).putInt(value).flip();
  }

  public void send(byte[] frame) throws IOException {
    Libc.send(fd, buffer.clear().put(frame).flip());
  }

  /**
   * The next one; null if there is none in time.
   *
   * @param timeoutMs milliseconds
   */
  public @Nullable ByteBuffer receive(int timeoutMs) throws IOException {
    if (!Libc.readable(fd, timeoutMs)) {
      return null;
    }
    buffer.clear();
    int length = Libc.receive(fd, buffer);
    return buffer.slice(0, length).order(ByteOrder.BIG_ENDIAN);
  }

  /** Closes it in the background: the kernel takes 20 ms for it. */
  public void closeLater() {
    Thread.ofPlatform().daemon().name("raw-socket-close").start(this::close);
  }

  @Override
  public void close() {
    try {
      Libc.close(fd);
    } catch (KernelException e) {
      throw new IllegalStateException(e);
    }
  }
}
