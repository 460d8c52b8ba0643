package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayCountsTest {
  private final World world =
      new World()
          .play(
              """
              allocate owner=a count=3 gateway=gw1
              bind-fip 10.0.0.1 192.168.0.1
              bind-fip 10.0.0.2 192.168.0.2
              observe gw1 all but=10.0.0.2|fip,10.0.0.3
              observe gw2 ip=10.0.0.9/32
              """);

  @Test
  void countsInOneGo() {
    GatewayCounts counts = GatewayCounts.start("gw1").more(world.lens(), "gw1", 100);
    assertThat(counts).isEqualTo(new GatewayCounts(3, 2, 2, 1, null));
    assertThat(counts.more(world.lens(), "gw1", 100)).isSameAs(counts);
  }

  @Test
  void countsInPortions() {
    GatewayCounts counts = GatewayCounts.start("gw1");
    int portions = 0;
    while (counts.next() != null) {
      counts = counts.more(world.lens(), "gw1", 2);
      portions++;
    }
    assertThat(counts).isEqualTo(new GatewayCounts(3, 2, 2, 1, null));
    assertThat(portions).isEqualTo(3);
  }

  @Test
  void countsDriftsUpToALimit() {
    assertThat(GatewayCounts.drifts(world.lens(), "gw2", 10)).isEqualTo(1);
    world.play("observe gw2 ip=10.0.0.9/32,10.0.0.10/32,10.0.0.11/32");
    assertThat(GatewayCounts.drifts(world.lens(), "gw2", 10)).isEqualTo(3);
    assertThat(GatewayCounts.drifts(world.lens(), "gw2", 2)).isEqualTo(2);
    assertThat(GatewayCounts.drifts(world.lens(), "gw1", 10)).isZero();
  }
}
