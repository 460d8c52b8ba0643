package io.holdfast.domain.view;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.WaitingKey;
import io.holdfast.domain.state.WaitingLine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A request that waits for addresses, and where it stands.
 *
 * @param pools that may serve it, by name
 * @param position among those that wait for one of these; 1: it is the next
 */
public record WaiterView(long ticket, Waiter waiter, List<String> pools, int position) {
  public WaiterView {
    pools = List.copyOf(pools);
  }

  /**
   * One look at everybody who waits: reads each pool's line once, however many are asked for. Valid
   * as long as the state does not change; not thread-safe.
   */
  public static final class Lines {
    /** What decides by which pools a request is served. */
    private record Source(List<String> pools, Map<String, String> labels, FamilyChoice family) {}

    private final State state;
    private final Map<Source, List<String>> pools = new HashMap<>();
    private final Map<List<String>, long[]> tickets = new HashMap<>();

    public Lines(State state) {
      this.state = state;
    }

    public WaiterView of(long ticket, Waiter waiter) {
      EipRequest request = waiter.request();
      List<String> from =
          pools.computeIfAbsent(
              new Source(request.pools(), request.labels(), request.family()),
              source -> WaitingLine.pools(state, request));
      long[] line = tickets.computeIfAbsent(from, this::line);
      int at = Arrays.binarySearch(line, ticket);
      return new WaiterView(ticket, waiter, from, (at < 0 ? -at - 1 : at) + 1);
    }

    private long[] line(List<String> names) {
      TreeSet<Long> all = new TreeSet<>();
      for (String name : names) {
        state
            .waiting()
            .scan(
                WaitingKey.first(name),
                WaitingKey.last(name),
                (key, mark) -> {
                  all.add(key.ticket());
                  return true;
                });
      }
      return all.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
