package io.holdfast.projector.query;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.projector.support.Book;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who had what, folded anew for each question from the events of one address, by rules written down
 * here and nowhere else.
 */
final class NaiveFold {
  private final Map<IpAddress, List<Message<EventMeta, ?>>> byIp = new HashMap<>();

  NaiveFold(Book book) {
    for (Message<EventMeta, ?> message : book.messages()) {
      IpAddress ip =
          switch (message.body()) {
            case Event.EipAllocated e -> e.ip();
            case Event.EipRestored e -> e.ip();
            case Event.EipReleaseRequested e -> e.ip();
            case Event.EipCooldownStarted e -> e.ip();
            case Event.EipFreed e -> e.ip();
            case Event.IpQuarantined e -> e.ip();
            case Event.FipBound e -> e.ip();
            case Event.FipUnbound e -> e.ip();
            default -> null;
          };
      if (ip != null) {
        byIp.computeIfAbsent(ip, i -> new ArrayList<>()).add(message);
      }
    }
  }

  List<IpAddress> addresses() {
    return byIp.keySet().stream().sorted().toList();
  }

  /** For example {@code Allocated 17 acme/Pod/shop/pod-3 10.0.0.7}. */
  String at(IpAddress ip, long time) {
    String phase = "Free";
    String holder = "";
    String fip = "";
    for (Message<EventMeta, ?> m : byIp.getOrDefault(ip, List.of())) {
      if (m.meta().time() > time) {
        break;
      }
      switch (m.body()) {
        case Event.EipAllocated e -> {
          phase = "Allocated";
          holder = " " + m.meta().sequence() + " " + e.owner();
          fip = "";
        }
        case Event.EipRestored e -> {
          phase = "Allocated";
          holder = " " + m.meta().sequence() + " " + e.owner();
          fip = "";
        }
        case Event.EipReleaseRequested _ -> phase = "Releasing";
        case Event.EipCooldownStarted _ -> phase = "CoolingDown";
        case Event.EipFreed _ -> phase = "Free";
        case Event.IpQuarantined _ -> phase = "Quarantined";
        case Event.FipBound e -> fip = " " + e.internalIp();
        case Event.FipUnbound _ -> fip = "";
        default -> throw new IllegalStateException();
      }
    }
    boolean had = phase.equals("Allocated") || phase.equals("Releasing");
    return had ? phase + holder + fip : phase;
  }
}
