package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.agent.linux.kernel.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Asks for an address again and again from the outside host, and writes down who answers when. */
public final class ArpWatch implements AutoCloseable {
  private static final int PACE_MS = 10;

  /**
   * @param nanos {@link System#nanoTime} when it came
   */
  public record Answer(long nanos, String mac) {}

  private final List<Answer> answers = new ArrayList<>();
  private volatile boolean stopped;

  public ArpWatch(Netns where, String source, String address) throws IOException {
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
          if (Arrays.equals(sender, wanted)) { // an answer or an announcement
            byte[] mac = new byte[6];
            frame.get(22, mac);
            note(new Answer(System.nanoTime(), HexFormat.ofDelimiter(":").formatHex(mac)));
          }
          frame = socket.receive(PACE_MS);
        }
      }
    } catch (IOException e) {
      if (!stopped) { // else its interface went with the test
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void note(Answer answer) {
    answers.add(answer);
  }

  public synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** How often another one answers than before. */
  public int changes() {
    List<Answer> all = answers();
    int changes = 0;
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).mac().equals(all.get(i - 1).mac())) {
        changes++;
      }
    }
    return changes;
  }

  /** Answers that came later than that. */
  public List<Answer> since(long nanos) {
    return answers().stream().filter(a -> a.nanos() - nanos > 0).toList();
  }

  @Override
  public void close() {
    stopped = true; // it ends within two paces
  }
}
