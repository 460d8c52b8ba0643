package io.holdfast.agent.linux.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A netlink socket of one namespace. One caller at a time. */
public final class NetlinkSocket implements AutoCloseable {
  public static final int ROUTE = 0;
  public static final int NETFILTER = 12;

  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int CHUNK = 100;
  private static final int DUMP_TRIES = 20;

  private final int fd;
  private final ByteBuffer out = direct(CHUNK * 4096);
  private final ByteBuffer in = direct(1 << 18);
  private int sequence;

  private NetlinkSocket(int fd) {
    this.fd = fd;
  }

  /** Opens one in the namespace of the calling thread: see {@link Netns#in}. */
  public static NetlinkSocket open(int protocol) throws IOException {
    int rawCloseOnExec = 3 | 0x80000;
    int fd = Libc.socket(16, rawCloseOnExec, protocol);
    NetlinkSocket socket = new NetlinkSocket(fd);
    try {
      socket.set(1, 33, 1 << 24); // SO_RCVBUFFORCE: no answer to a large batch is lost
      socket.set(270, 10, 1); // NETLINK_CAP_ACK: an acknowledgement without the whole request
      socket.set(270, 11, 1); // NETLINK_EXT_ACK: errors in words
      if (protocol == ROUTE) {
        socket.set(270, 12, 1); // NETLINK_GET_STRICT_CHK: dumps of one interface only
      }
      // family AF_NETLINK, address chosen by the kernel
      Libc.bind(fd, direct(12).putShort((short) 16).putShort((short) 0).putLong(0).flip());
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void set(int level, int option, int value) throws KernelException {
    Libc.setOption(fd, level, option, direct(4).putInt(value).flip());
  }

  private static ByteBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  /** The kernel's answer to one message: errno, 0 for done, and its words. */
  public record Answer(int errno, String said) {}

  /** Has each message done for itself and returns the answers in their order. */
  public List<Answer> each(List<Message> messages) throws IOException {
    List<Answer> answers = new ArrayList<>(messages.size());
    for (int from = 0; from < messages.size(); from += CHUNK) {
      List<Message> chunk = messages.subList(from, Math.min(messages.size(), from + CHUNK));
      answers.addAll(answers(chunk, send(chunk, out)));
    }
    return answers;
  }

  /** Waits for the answers to messages, the first of which has that sequence number. */
  private List<Answer> answers(List<Message> messages, int first) throws IOException {
    List<Answer> answers = new ArrayList<>(messages.size());
    int awaited = (int) messages.stream().filter(m -> (m.flags() & Message.ACK) != 0).count();
    while (answers.size() < awaited) {
      receive();
      while (in.hasRemaining()) {
        Incoming message = next();
        if (message.sequence() - first >= 0 && message.type() == ERROR) {
          answers.add(answer(message));
        }
      }
    }
    return answers;
  }

  /**
   * Sends messages of which the kernel makes one transaction, and returns its first error, or errno
   * 0. Each message must ask for an acknowledgement but the first and the last, which frame them.
   * They go out in one piece, however many they are: of a piece without its end the kernel does
   * nothing.
   */
  public Answer transaction(List<Message> messages) throws IOException {
    int size = messages.stream().mapToInt(m -> m.size() + 3 & ~3).sum();
    ByteBuffer piece = out;
    if (size > out.capacity()) {
      piece = direct(size);
      set(1, 32, 2 * size); // SO_SNDBUFFORCE
    }
    int first = send(messages, piece);
    return answers(messages, first).stream()
        .filter(a -> a.errno() != 0)
        .findFirst()
        .orElse(new Answer(0, ""));
  }

  /** Asks for one thing. What comes is given to the reader; its absence is ENOENT or the like. */
  public Answer get(Message message, Consumer<ByteBuffer> reader) throws IOException {
    int first = send(List.of(message.asAcknowledged()), out);
    while (true) {
      receive();
      while (in.hasRemaining()) {
        Incoming incoming = next();
        if (incoming.sequence() != first) {
          continue;
        }
        if (incoming.type() == ERROR) {
          return answer(incoming);
        }
        reader.accept(incoming.body());
      }
    }
  }

  /**
   * Asks for all things of a kind, as they were at one moment: if the kernel says that they changed
   * in between, it is asked again.
   *
   * @param reader makes one thing, or several, of each message
   */
  public <T> List<T> dump(Message message, Reader<T> reader) throws IOException {
    for (int i = 0; i < DUMP_TRIES; i++) {
      List<T> found = new ArrayList<>();
      if (dumpOnce(message, reader, found)) {
        return found;
      }
    }
    throw new IOException("what was to be listed changed " + DUMP_TRIES + " times meanwhile");
  }

  /** Adds what is in a message to a list. */
  @FunctionalInterface
  public interface Reader<T> {
    void read(ByteBuffer body, List<T> into);
  }

  private <T> boolean dumpOnce(Message message, Reader<T> reader, List<T> into) throws IOException {
    int first = send(List.of(message), out);
    boolean whole = true;
    while (true) {
      receive();
      while (in.hasRemaining()) {
        Incoming incoming = next();
        if (incoming.sequence() != first) {
          continue;
        }
        whole &= (incoming.flags() & 0x10) == 0; // NLM_F_DUMP_INTR
        if (incoming.type() == ERROR || incoming.type() == DONE) {
          Answer answer = answer(incoming);
          if (answer.errno() == Libc.EINTR || answer.errno() == Libc.EAGAIN) {
            return false;
          }
          if (answer.errno() != 0) {
            throw new KernelException("list", answer.errno(), answer.said());
          }
          return whole;
        }
        reader.read(incoming.body(), into);
      }
    }
  }

  /** Returns the sequence number of the first. */
  private int send(List<Message> messages, ByteBuffer piece) throws KernelException {
    piece.clear();
    int first = sequence + 1;
    for (Message message : messages) {
      message.writeTo(piece, ++sequence);
    }
    Libc.send(fd, piece.flip());
    return first;
  }

  private void receive() throws IOException {
    if (!Libc.readable(fd, 10_000)) {
      throw new IOException("the kernel did not answer within 10 s");
    }
    in.clear();
    in.limit(Libc.receive(fd, in));
  }

  private record Incoming(int type, int flags, int sequence, ByteBuffer body) {}

  private Incoming next() {
    int at = in.position();
    int length = in.getInt(at);
    int type = in.getShort(at + 4) & 0xffff;
    int flags = in.getShort(at + 6) & 0xffff;
    int number = in.getInt(at + 8);
    ByteBuffer body =
        in.slice(at + Message.HEADER, length - Message.HEADER).order(ByteOrder.nativeOrder());
    in.position(Math.min(in.limit(), at + (length + 3 & ~3)));
    return new Incoming(type, flags, number, body);
  }

  private static Answer answer(Incoming message) {
    ByteBuffer body = message.body();
    int errno = body.remaining() >= 4 ? -body.getInt(0) : 0;
    String said = "";
    if (message.type() == ERROR && errno != 0 && (message.flags() & 0x200) != 0) {
      int skip = 4 + ((message.flags() & 0x100) != 0 ? Message.HEADER : body.getInt(4));
      said = Attributes.read(body.position(skip)).text(1);
    }
    return new Answer(errno, said);
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
