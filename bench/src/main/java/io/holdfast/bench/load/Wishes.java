package io.holdfast.bench.load;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.net.IpFamily;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands as benchmarks use them. */
public final class Wishes {
  public static final String POOL = "p";

  /** As many addresses as one command takes. */
  public static final int MOST_AT_ONCE = 256;

  private Wishes() {}

  /** A pool whose addresses can be given again at once. */
  public static Command.DefinePool pool(String range) {
    return new Command.DefinePool(
        POOL,
        isV6(range) ? IpFamily.V6 : IpFamily.V4,
        List.of(range),
        List.of(),
        null,
        null,
        0,
        Map.of(),
        null,
        PoolPolicy.LEAST_RECENTLY_USED,
        0,
        0,
        false,
        0,
        0);
  }

  private static boolean isV6(String range) {
    return range.contains(":");
  }

  public static FamilyChoice family(String range) {
    return isV6(range) ? FamilyChoice.V6 : FamilyChoice.V4;
  }

  public static Owner owner(String name) {
    return new Owner("bench", "Pod", "", name, "");
  }

  /** So many addresses of the pool for an owner. */
  public static Command.AllocateEip allocate(
      Owner owner, FamilyChoice family, int count, @Nullable String gateway) {
    return new Command.AllocateEip(List.of(POOL), owner, null, family, count, gateway, null);
  }

  /** Has so many addresses held, in few commands. */
  public static void fill(Script script, String range, int held, @Nullable String gateway) {
    for (int done = 0; done < held; done += MOST_AT_ONCE) {
      script.play(
          allocate(
              owner("held-" + done), family(range), Math.min(MOST_AT_ONCE, held - done), gateway));
    }
  }
}
