package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * The instance's name in the kernel: the comment of the one element of the set {@code instance}. It
 * goes with the table.
 */
final class Mark {
  private static final int ENOENT = 2;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private Mark() {}

  static void check(String instance) {
    if (!NAME.matcher(instance).matches()) {
      throw new IllegalArgumentException(
          "instance '"
              + instance
              + "' is not allowed; allowed: 1 to 100 letters, digits, '.', '_', '-'");
    }
  }

  /** Empty if there is none, or if the gate that goes with it is not there. */
  static String read(NetlinkSocket netfilter, LinuxGateway gateway) throws IOException {
    if (!NftSet.names(netfilter, NftSet.NETDEV, gateway.table()).contains("use_b")) {
      return "";
    }
    NftSet mark = new NftSet(NftSet.INET, gateway.table(), "instance");
    AtomicReference<String> found = new AtomicReference<>("");
    NetlinkSocket.Answer answer =
        netfilter.get(
            mark.ask(0, List.of(Gate.key(gateway.external()))),
            body -> NftSet.each(body, e -> found.set(e.comment())));
    if (answer.errno() != 0 && answer.errno() != ENOENT) {
      throw new KernelException("look for the mark", answer.errno(), answer.said());
    }
    return found.get();
  }
}
