package io.holdfast.projector.whatif;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ImportLine;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.projector.support.Play;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random traffic of tenants with quotas on two pools that are too small for them, between the steps
 * of a play: they wait, give up, hand over, adopt, and operators take addresses out and put them
 * back. A third pool comes and goes. The same seed gives the same events.
 */
final class Traffic {
  private static final List<String> TENANTS = List.of("blue", "green", "red");
  private static final String LARGE = "10.1.0.0/27";
  private static final String SMALL = "10.1.0.0/28";

  private final Random random;
  private final Play play;

  Traffic(long seed, Play play) {
    this.random = new Random(seed);
    this.play = play;
    play.command(pool("busy", LARGE, 4_000, PoolPolicy.LEAST_RECENTLY_USED, 12_000, 20_000));
    play.command(pool("blocks", "10.2.0.0/28", 0, PoolPolicy.BEST_FIT, 0, 0));
    play.command(spare("spare-1"));
    TENANTS.forEach(tenant -> play.command(new Command.SetQuota(tenant, 14L)));
  }

  private static Command pool(
      String name, String range, long cooldown, PoolPolicy policy, long others, long lease) {
    return new Command.DefinePool(
        name,
        IpFamily.V4,
        List.of(range),
        List.of(),
        null,
        null,
        cooldown,
        Map.of(),
        null,
        policy,
        others,
        0,
        true,
        lease,
        0);
  }

  /** One of two pools over the same addresses: only one of them can be there. */
  private static Command spare(String name) {
    return pool(name, "10.3.0.0/30", 2_000, PoolPolicy.FIRST_FREE, 0, 10_000);
  }

  private String spare() {
    return "spare-" + (1 + random.nextInt(2));
  }

  /** Goes on until the log has so many events, or some more. */
  Play until(int events) {
    while (play.book().events().size() < events) {
      play.step();
      for (int i = random.nextInt(3); i > 0; i--) {
        happen();
      }
    }
    return play;
  }

  private void happen() {
    int dice = random.nextInt(100);
    if (dice < 45) {
      play.command(allocate());
    } else if (dice < 60) {
      release();
    } else if (dice < 66) {
      transfer();
    } else if (dice < 72) {
      play.command(new Command.AdoptEip(ip(), owner(), null, null, null, Map.of()));
    } else if (dice < 78) {
      play.command(new Command.ReserveIp(ip()));
    } else if (dice < 84) {
      play.command(new Command.UnreserveIp(ip()));
    } else if (dice < 89) {
      play.command(new Command.CancelAllocation(owner()));
    } else if (dice < 93) {
      play.command(new Command.RestoreEip(ip(), null, null));
    } else if (dice < 94) {
      play.command(
          new Command.AllocateBundle(
              List.of(
                  new BundleItem(request(owner(), 1, null), List.of()),
                  new BundleItem(request(owner(), 1, null), List.of()))));
    } else if (dice < 95) {
      ImportLine line =
          new ImportLine.EipLine(
              1, ip(), owner(), null, null, null, Map.of(), random.nextBoolean());
      play.command(new Command.ImportNetwork(List.of(line)));
    } else {
      configure();
    }
  }

  private Command allocate() {
    boolean waits = random.nextInt(4) > 0;
    EipRequest request =
        random.nextInt(5) == 0
            ? block()
            : random.nextInt(8) == 0
                ? request(owner(), 1, ip())
                : request(owner(), 1 + random.nextInt(2), null);
    return new Command.AllocateEip(
        request,
        waits ? OnExhausted.WAIT : OnExhausted.REJECT,
        waits ? 1 + random.nextInt(40_000) : 0);
  }

  private EipRequest request(Owner owner, int count, @Nullable IpAddress ip) {
    List<String> pools = new ArrayList<>(random.nextInt(3) > 0 ? List.of() : List.of("blocks"));
    pools.add(random.nextInt(8) == 0 ? spare() : "busy");
    return EipRequest.of(owner, FamilyChoice.V4, pools.toArray(String[]::new))
        .at(ip, count, null, null);
  }

  private EipRequest block() {
    return new EipRequest(
        List.of("blocks"),
        Map.of(),
        owner(),
        null,
        FamilyChoice.V4,
        4,
        true,
        null,
        null,
        null,
        Map.of());
  }

  private void release() {
    List<IpAddress> held = held();
    if (!held.isEmpty()) {
      play.command(new Command.ReleaseEip(held.get(random.nextInt(held.size())), null, null));
    }
  }

  private void transfer() {
    List<IpAddress> held = held();
    if (!held.isEmpty()) {
      IpAddress ip = held.get(random.nextInt(held.size()));
      Owner to = owner();
      play.command(new Command.TransferEip(ip, to.tenant(), 5_000, null, null));
      play.command(new Command.AcceptTransfer(ip, to, null));
    }
  }

  private void configure() {
    int dice = random.nextInt(6);
    if (dice < 1) {
      play.command(
          new Command.ResizePool(
              "busy",
              List.of(random.nextBoolean() ? LARGE : SMALL),
              List.of(),
              null,
              null,
              ResizeMode.RETAIN));
    } else if (dice < 4) {
      play.command(new Command.RemovePool(spare()));
      play.command(spare(spare()));
    } else {
      Long limit = random.nextInt(4) == 0 ? null : 8L + random.nextInt(10);
      play.command(new Command.SetQuota(TENANTS.get(random.nextInt(3)), limit));
    }
  }

  private List<IpAddress> held() {
    List<IpAddress> held = new ArrayList<>();
    play.state()
        .addresses()
        .scan(
            IpAddress.parse("10.1.0.0"),
            IpAddress.parse("10.4.0.0"),
            (ip, address) -> address.phase() != Phase.ALLOCATED || held.add(ip));
    return held;
  }

  private Owner owner() {
    String name = "pod-" + random.nextInt(40);
    return new Owner(TENANTS.get(random.nextInt(3)), "Pod", "busy", name, "");
  }

  private IpAddress ip() {
    return IpAddress.parse("10.1.0." + random.nextInt(32));
  }
}
