package io.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo's world of network namespaces. Skipped as {@link RealDemoIT} is. */
class RealWorldIT {
  private static final String IP = "10.1.9.5";

  @BeforeEach
  void needsRoot() {
    String missing = RealWorld.missing();
    if ("1".equals(System.getenv("HOLDFAST_REQUIRE_ROOT_TESTS"))) {
      assertThat(missing).isEmpty();
    }
    assumeTrue(missing.isEmpty(), missing);
  }

  @Test
  void whoAnswersIsToldFromAStrangerAndFromNobody() {
    try (RealWorld world = new RealWorld("n1-gw1", "n2-gw1")) {
      assertThat(world.answers(IP, List.of("n1-gw1"))).isEqualTo(new Neighbour.Nobody());

      world.ip("n2-gw1", "addr add " + IP + "/16 dev ext");

      assertThat(world.answers(IP, List.of("n1-gw1", "n2-gw1")))
          .isEqualTo(new Neighbour.Known("n2-gw1"));
      assertThat(world.answers(IP, List.of("n1-gw1"))).isInstanceOf(Neighbour.Stranger.class);
    }
  }

  @Test
  void whatCannotBeTakenAwayKeepsNothingElse() throws Exception {
    RealWorld world = new RealWorld("n1-gw1");
    String gone = world.id("n1-gw1-in");
    assertThat(new ProcessBuilder("ip", "netns", "del", gone).start().waitFor()).isZero();

    assertThatThrownBy(world::close).hasMessageContaining(gone);

    for (String name : List.of("switch", "outside", "n1-gw1")) {
      assertThat(Path.of("/run/netns", world.id(name))).doesNotExist();
    }
  }
}
