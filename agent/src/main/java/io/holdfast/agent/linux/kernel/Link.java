package io.holdfast.agent.linux.kernel;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A network interface.
 *
 * @param index the kernel's number of it
 * @param mac 6 bytes
 */
public record Link(int index, byte[] mac) {
  /** Looks it up by name. */
  public static Link find(NetlinkSocket route, String name) throws IOException {
    AtomicReference<Link> found = new AtomicReference<>();
    Message ask = new Message(18, Message.REQUEST).u32(0).u32(0).u32(0).u32(0).text(3, name);
    NetlinkSocket.Answer answer =
        route.get(
            ask,
            body -> {
              int index = body.getInt(4);
              found.set(new Link(index, Attributes.read(body.position(16)).bytes(1)));
            });
    Link link = found.get();
    if (link == null) {
      throw new KernelException("find interface " + name, answer.errno(), answer.said());
    }
    return link;
  }
}
