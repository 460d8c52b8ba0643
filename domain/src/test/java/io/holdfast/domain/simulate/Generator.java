package io.holdfast.domain.simulate;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random play over a small world, one line after the other. It looks at the network only to choose
 * lines that mean something; the lines alone are the script. The same seed gives the same script.
 */
final class Generator {
  static final List<String> GATEWAYS = List.of("gw1", "gw2");
  static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final List<String> OWNERS = List.of("a", "b", "c", "u:d", "u:e");
  private static final List<String> V4 =
      List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6", "10.0.0.9");
  private static final List<String> V6 = List.of("2001:db8::1", "2001:db8::2", "2001:db8::3");

  private final Random random;
  private final Script script;
  private final List<String> lines;
  private final int trouble;
  private int played;
  private int looks;
  private int ids;

  /**
   * @param script is played as the lines come
   * @param lines takes the lines, each before it is played
   */
  Generator(long seed, Script script, List<String> lines) {
    this.random = new Random(seed);
    this.script = script;
    this.lines = lines;
    this.trouble = random.nextInt(10);
  }

  void play(int length) {
    begin();
    while (played < length) {
      next();
      while (played < lines.size()) {
        script.step(lines.get(played++));
      }
    }
  }

  private void begin() {
    String cooldown = pick(List.of("0s", "30s", "300s"));
    lines.add(
        "define-pool p4 10.0.0.0/29 cooldown=" + cooldown + " confirm=2 over=20s" + settings());
    lines.add("define-pool p6 2001:db8::/126 cooldown=30s subnet=2001:db8::/64" + settings());
    if (chance(30)) {
      lines.add("define-pool q4 10.0.1.0/30 cooldown=30s" + settings());
    }
    for (String node : NODES) {
      if (chance(90)) {
        lines.add("beat " + node);
      }
    }
    String failover = chance(25) ? " failover=takeover" : "";
    lines.add("define-gateway gw1 n1,n2 fence=10s hold=20s threshold=2" + failover);
    lines.add("define-gateway gw2 n2,n3,n1 fence=10s hold=0s threshold=1");
  }

  private String settings() {
    String policy =
        pick(List.of("least-recently-used", "first-free", "random", "sticky", "best-fit"));
    return " policy="
        + policy
        + (chance(30) ? " across=290s" : "")
        + (chance(20) ? " priority=" + (random.nextInt(3) - 1) : "")
        + (chance(10) ? " opt-in" : "")
        + (chance(20) ? " lease=" + pick(List.of("20s", "100s")) : "")
        + (chance(50) ? " probation=" + pick(List.of("0s", "50s")) : "")
        + (chance(30) ? " labels=tier:" + pick(List.of("a", "b")) : "");
  }

  private void next() {
    int dice = random.nextInt(100);
    if (dice < 14) {
      allocate();
    } else if (dice < 20) {
      release();
    } else if (dice < 25) {
      String ip = ip();
      lines.add((chance(70) ? "attach " + ip + " " + gateway() : "detach " + ip) + tenure(ip));
    } else if (dice < 37) {
      rule();
    } else if (dice < 40) {
      placement();
    } else if (dice < 42) {
      pool();
    } else if (dice < 55) {
      cycle();
    } else if (dice < 72) {
      agent();
    } else if (dice < 76) {
      lines.add(chance(85) ? "deliver r" + random.nextInt(Math.max(1, looks)) : "restart");
    } else if (dice < 83) {
      checks();
    } else if (dice < 83 + trouble) {
      trouble();
    } else {
      time();
    }
  }

  /** A while in which everything works. */
  private void cycle() {
    beats();
    for (String gateway : GATEWAYS) {
      if (chance(80)) {
        lines.add("agent " + gateway + " " + nodeOf(gateway));
      }
    }
  }

  private void allocate() {
    if (chance(12)) {
      queueAndQuota();
      return;
    }
    if (chance(40)) {
      lines.add(new LifeLine(random).of(ip(), owner()));
      return;
    }
    int dice = random.nextInt(10);
    String more =
        (chance(25) ? " wait=" + pick(List.of("20s", "600s", "100h")) : "")
            + (chance(8) ? " labels=tier:" + pick(List.of("a", "b")) : "")
            + (chance(8) ? " contiguous" : "")
            + (chance(70) ? " gateway=" + gateway() : "")
            + (chance(30) ? " node=" + node() : "")
            + (chance(15) ? " lease=" + pick(List.of("0s", "10s", "60s", "400s")) : "")
            + (chance(8) ? " tags=env:prod" : "")
            + (chance(10) ? " dry" : "")
            + id();
    String owner = "allocate owner=" + owner();
    switch (dice) {
      case 0, 1, 2, 3 -> lines.add(owner + " pool=p4" + more);
      case 4 -> lines.add(owner + " family=v6" + more);
      case 5, 6 -> lines.add(owner + " family=dual" + more);
      case 7 -> lines.add(owner + " pool=p4 count=" + (1 + random.nextInt(4)) + more);
      case 8 -> lines.add(owner + " ip=" + pick(V4) + more);
      default -> lines.add(owner + " family=v6 ip=" + pick(V6) + more);
    }
  }

  private void queueAndQuota() {
    switch (random.nextInt(4)) {
      case 0 -> lines.add("cancel " + owner());
      case 1 -> lines.add("quota " + pick(List.of("t", "u")) + " " + pick(List.of("0", "2", "5")));
      case 2 -> lines.add("quota " + pick(List.of("t", "u")) + " none");
      default ->
          lines.add(
              "bundle owners="
                  + owner()
                  + ","
                  + owner()
                  + (chance(50) ? " fip=192.168.0.1" : " dnat=192.168.0.2,192.168.0.2")
                  + (chance(50) ? " gateway=" + gateway() : ""));
    }
  }

  private void release() {
    String ip = ip();
    if (chance(30)) {
      lines.add("restore " + ip + tenure(ip) + (chance(10) ? " owner=" + owner() : "") + id());
    } else if (chance(40)) {
      lines.add("force-release " + ip + tenure(ip) + id());
      if (chance(40)) {
        meanwhile(ip);
        lines.add("restore " + ip);
      }
    } else {
      lines.add("release " + ip + tenure(ip) + (chance(20) ? " owner=" + owner() : "") + id());
    }
  }

  /** What may come between a mistake and its undoing. */
  private void meanwhile(String ip) {
    switch (random.nextInt(6)) {
      case 0 -> cycle();
      case 1 -> time();
      case 2 -> rule();
      case 3 -> lines.add("tick +1s");
      case 4 -> lines.add("bind-fip " + ip() + " 192.168.0." + (1 + random.nextInt(2)));
      default -> lines.add("allocate owner=" + owner() + " ip=" + ip);
    }
  }

  private void rule() {
    String ip = ip();
    boolean v6 = ip.contains(":");
    String inside = (v6 ? "fd00::" : "192.168.0.") + (1 + random.nextInt(2));
    String source = v6 ? "fd00::/64" : "192.168." + random.nextInt(2) + ".0/24";
    String replace = chance(50) ? " replace" : "";
    switch (random.nextInt(6)) {
      case 0 -> lines.add("bind-fip " + ip + " " + inside + replace + id());
      case 1 -> lines.add("unbind-fip " + ip);
      case 2 -> lines.add("add-dnat " + ip + " tcp/80 " + inside + replace + id());
      case 3 -> lines.add("remove-dnat " + ip + " tcp/80");
      case 4 -> lines.add("add-snat " + ip + " " + source + id());
      default -> lines.add("remove-snat " + ip + " " + source);
    }
  }

  private void placement() {
    switch (random.nextInt(7)) {
      case 0, 1 -> lines.add("reschedule " + gateway());
      case 2, 3 -> lines.add("reschedule " + gateway() + " " + node());
      case 4 -> lines.add("retire " + gateway());
      case 5 ->
          lines.add(
              "define-gateway "
                  + gateway()
                  + " "
                  + pick(List.of("n1,n2", "n2,n3,n1", "n3"))
                  + " fence="
                  + pick(List.of("1s", "10s", "40s"))
                  + " hold=0s threshold=1"
                  + (chance(20) ? " failover=takeover" : ""));
      default -> lines.add("fence-node " + node());
    }
  }

  private void pool() {
    switch (random.nextInt(5)) {
      case 0 -> lines.add("resize-pool p4 10.0.0.0/29 exclude=10.0.0.2 mode=retain");
      case 1 -> lines.add("resize-pool p4 10.0.0.0/30,10.0.0.8-10.0.0.9 mode=retain");
      case 2 ->
          lines.add(
              chance(50)
                  ? "resize-pool p4 10.0.0.0/29 mode=reject"
                  : "define-pool p4 10.0.0.0/29 cooldown=30s" + settings());
      case 3 ->
          lines.add("resize-pool p6 2001:db8::2-2001:db8::3 subnet=2001:db8::/64 mode=retain");
      default -> lines.add("remove-pool " + pick(List.of("p4", "p6")));
    }
    if (chance(50)) {
      lines.add("define-pool p4 10.0.0.0/29 cooldown=30s confirm=2 over=20s");
    }
  }

  private void beats() {
    for (String node : NODES) {
      if (chance(70)) {
        lines.add("beat " + node);
      }
    }
  }

  private void agent() {
    String gateway = gateway();
    var known = script.ledger().state().gateways().get(gateway);
    if (known != null && !known.unfenced().isEmpty() && chance(25)) {
      replaced(gateway + " " + pick(known.unfenced()).node());
      return;
    }
    if (chance(10)) {
      replaced(gateway + " " + node());
      return;
    }
    String where = gateway + " " + (chance(70) ? nodeOf(gateway) : node());
    int dice = random.nextInt(12);
    switch (dice) {
      case 0 -> lines.add("hello " + where);
      case 1 -> lines.add("sync " + where);
      case 2 -> lines.add("apply " + where);
      case 3 -> lines.add("apply " + where + " " + pick(List.of("adds", "stuck")));
      case 4, 5 -> look(where);
      default -> lines.add("agent " + where);
    }
  }

  /** An agent that was replaced is told to hold nothing, and its removals may remove nothing. */
  private void replaced(String where) {
    lines.add("sync " + where);
    lines.add("apply " + where + (chance(50) ? " stuck" : ""));
    lines.add("look " + where + " as=r" + looks);
    lines.add("deliver r" + looks++);
  }

  private void look(String where) {
    lines.add("look " + where + " as=r" + looks++ + (chance(20) ? " partial" : ""));
    if (chance(70)) {
      lines.add("deliver r" + random.nextInt(looks));
    }
  }

  private void checks() {
    switch (random.nextInt(4)) {
      case 0 -> {
        String ip = ip();
        String sick = chance(20) ? " sick" : "";
        for (int i = random.nextInt(4); i >= 0; i--) {
          lines.add(
              "check "
                  + ip
                  + " "
                  + pick(List.of("absent", "absent", "absent", "unknown", "present"))
                  + " tenure="
                  + present(ip)
                  + sick);
          lines.add("tick +" + pick(List.of("1s", "14s", "40s")));
          beats();
        }
      }
      case 1 -> {
        String node = node();
        var known = script.ledger().state().nodes().get(node);
        String boot = known == null || chance(20) ? "b" + (1 + random.nextInt(4)) : known.bootId();
        lines.add(
            "inventory "
                + node
                + " "
                + boot
                + (chance(50) ? " owners=" + owner() : "")
                + (chance(20) ? " incomplete" : ""));
      }
      default -> {
        String gateway = gateway();
        var known = script.ledger().state().gateways().get(gateway);
        long epoch = known == null || chance(20) ? 1 + random.nextInt(6) : known.epoch();
        for (int i = random.nextInt(3); i >= 0; i--) {
          lines.add("probe " + gateway + " epoch=" + epoch + (chance(80) ? " fail" : " ok"));
        }
        if (chance(30)) {
          String ip = ip();
          lines.add("probe " + ip + " tenure=" + present(ip) + (chance(60) ? " fail" : " ok"));
        }
      }
    }
  }

  private void trouble() {
    String node = node();
    switch (random.nextInt(8)) {
      case 0 -> lines.add("cut " + node);
      case 1, 2 -> lines.add("heal " + node);
      case 3 -> lines.add("off " + node);
      case 4, 5 -> lines.add("boot " + node);
      case 6 -> lines.add("reboot " + node);
      default -> {
        String gateway = gateway();
        lines.add("begin " + gateway + " " + (chance(70) ? nodeOf(gateway) : node));
      }
    }
    if (chance(25)) {
      String gateway = gateway();
      String where = gateway + " " + (chance(60) ? nodeOf(gateway) : node());
      lines.add("sync " + where);
      lines.add("apply " + where);
      lines.add("stray " + where + " " + pick(chance(70) ? V4 : V6));
      lines.add("look " + where + " as=r" + looks);
      lines.add("deliver r" + looks++);
    }
  }

  private void time() {
    lines.add(
        chance(75)
            ? "tick +" + pick(List.of("1s", "1s", "4s", "4s", "9s", "14s", "40s", "310s"))
            : "wait +" + pick(List.of("1s", "14s", "310s")));
  }

  private String tenure(String ip) {
    return chance(20) ? " tenure=" + present(ip) : "";
  }

  /** Mostly the present tenure. */
  private long present(String ip) {
    var address = script.ledger().state().addresses().get(IpAddress.parse(ip));
    return address == null || chance(10) ? random.nextInt(40) : address.tenure();
  }

  private String nodeOf(String gateway) {
    var known = script.ledger().state().gateways().get(gateway);
    String on = known == null ? null : known.node();
    return on == null ? node() : on;
  }

  private String id() {
    return chance(10) ? " id=c" + random.nextInt(Math.max(1, ids++)) : "";
  }

  /** Mostly one that is held. */
  private String ip() {
    List<String> held = new ArrayList<>();
    script.ledger().oracle().summary().forEach((ip, line) -> held.add(ip.toString()));
    return held.isEmpty() || chance(15) ? chance(70) ? pick(V4) : pick(V6) : pick(held);
  }

  private String gateway() {
    return pick(GATEWAYS);
  }

  private String node() {
    return pick(NODES);
  }

  private String owner() {
    return pick(OWNERS);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
