package io.holdfast.domain.simulate;

import java.util.List;
import java.util.Random;

/** A random line about the life of one address: leases, reservation, adoption, transfer. */
final class LifeLine {
  private final Random random;

  LifeLine(Random random) {
    this.random = random;
  }

  String of(String ip, String owner) {
    return switch (random.nextInt(13)) {
      case 0 -> "reserve " + ip;
      case 1 -> "unreserve " + ip;
      case 2 -> "renew " + ip + lease();
      case 3 -> "adopt " + ip + " owner=" + owner + lease() + gateway();
      case 4 -> "conflict " + ip;
      case 5 -> "end-quarantine " + ip;
      case 6 -> "transfer " + ip + pick(" t", " u") + " valid=" + pick("30s", "500s");
      case 7 -> "accept " + ip + " owner=" + owner;
      case 8 -> "cancel-transfer " + ip;
      case 9 -> "tag " + ip + pick(" set=env:prod", " set=env:test,a:b", " remove=env");
      case 10 -> "detach " + ip;
      case 11 -> "delayed";
      default ->
          "resize-pool p4 10.0.0.0/"
              + pick("29", "30", "28")
              + " mode=drain drain="
              + pick("10s", "60s");
    };
  }

  private String lease() {
    return pick("", " lease=0s", " lease=10s", " lease=60s", " lease=300s");
  }

  private String gateway() {
    return pick("", " gateway=gw1", " gateway=gw2");
  }

  private String pick(String... from) {
    return List.of(from).get(random.nextInt(from.length));
  }
}
