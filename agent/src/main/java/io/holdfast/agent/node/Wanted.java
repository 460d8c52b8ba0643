package io.holdfast.agent.node;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is wanted of a gateway, and where to look for what is to be done.
 *
 * @param state all that is wanted
 * @param touched the addresses of which something may have changed since it was worked on last;
 *     empty: any
 */
record Wanted(DesiredState state, Optional<Set<IpAddress>> touched) {
  Wanted {
    touched = touched.map(Set::copyOf);
  }

  static Wanted whole(DesiredState state) {
    return new Wanted(state, Optional.empty());
  }

  /** A later one, with what was not worked on of this one. */
  Wanted then(DesiredState later, Optional<Set<IpAddress>> more) {
    return new Wanted(
        later,
        touched.flatMap(before ->
            more.map(now -> {
              Set<IpAddress> both = new HashSet<>(before);
              both.addAll(now);
              return both;
            })));
  }

  /** Nothing is left to be done. */
  Wanted done() {
    return new Wanted(state, Optional.of(Set.of()));
  }

  /** What is wanted of the touched addresses. */
  DesiredState part() {
    return touched
        .map(ips ->
            new DesiredState(
                state.gateway(),
                state.node(),
                state.instance(),
                state.epoch(),
                state.revision(),
                state.held(),
                of(state.addresses(), ips, DesiredState.DesiredAddress::ip),
                of(state.rules(), ips, DesiredState.DesiredRule::ip),
                of(state.waiting(), ips, DesiredState.Waiting::ip),
                of(state.withdraw(), ips, w -> w.ip()),
                state.fenceAfterMs()))
        .orElse(state);
  }

  private static <T> List<T> of(List<T> all, Set<IpAddress> ips, Function<T, IpAddress> ip) {
    return all.stream().filter(item -> ips.contains(ip.apply(item))).toList();
  }
}
