package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.agent.linux.kernel.RawSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Asks for an address again and again from the outside host, and writes down who answers when. */
final class ArpWatch implements AutoCloseable {
  private static final int PACE_MS = 10;

  /**
   * @param nanos {@link System#nanoTime} when it came
   */
  record Answer(long nanos, String mac) {}

  private final List<Answer> answers = new ArrayList<>();
  private volatile boolean stopped;

  ArpWatch(Netns where, String source, String address) throws IOException {
    NetlinkSocket route = where.in(() -> NetlinkSocket.open(NetlinkSocket.ROUTE));
    Link link = Link.find(route, "ext");
    route.close();
    RawSocket socket = where.in(() -> RawSocket.frames(link.index(), RawSocket.ARP));
    byte[] wanted = InetAddress.ofLiteral(address).getAddress();
    byte[] request =
        ByteBuffer.allocate(42)
            .put(new byte[] {-1, -1, -1, -1, -1, -1})
            .put(link.mac())
            .put(HexFormat.of().parseHex("08060001080006040001"))
            .put(link.mac())
            .put(InetAddress.ofLiteral(source).getAddress())
            .put(new byte[6])
            .put(wanted)
            .array();
    Thread.ofPlatform().daemon().start(() -> watch(socket, request, wanted));
  }

  private void watch(RawSocket socket, byte[] request, byte[] wanted) {
    try (socket) {
      while (!stopped) {
        socket.send(request);
        ByteBuffer frame = socket.receive(PACE_MS);
        while (frame != null) {
          byte[] sender = new byte[4];
          frame.get(28, sender);
          if (frame.getShort(20) == 2 && Arrays.equals(sender, wanted)) {
            byte[] mac = new byte[6];
            frame.get(22, mac);
            note(new Answer(System.nanoTime(), HexFormat.ofDelimiter(":").formatHex(mac)));
          }
          frame = socket.receive(PACE_MS);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private synchronized void note(Answer answer) {
    answers.add(answer);
  }

  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** Answers that came later than that. */
  List<Answer> since(long nanos) {
    return answers().stream().filter(a -> a.nanos() - nanos > 0).toList();
  }

  @Override
  public void close() {
    stopped = true; // it ends within two paces
  }
}
