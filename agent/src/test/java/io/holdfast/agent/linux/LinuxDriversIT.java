package io.holdfast.agent.linux;

import static io.holdfast.agent.linux.Changes.ip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Namespaces that the driver makes itself. */
@NeedsRoot
class LinuxDriversIT {
  private final String suffix = "hfd" + ProcessHandle.current().pid();

  @Test
  void aNamespaceIsMadeOnceAndThenFoundAsItIs() throws Exception {
    String outer = suffix + "o";
    String inner = suffix + "i";
    String name = suffix + "-net-gw1";
    try {
      Shell.run("ip link add " + outer + " type veth peer name " + outer + "p");
      Shell.run("ip link add " + inner + " type veth peer name " + inner + "p");
      for (String link : List.of(outer, outer + "p", inner, inner + "p")) {
        Shell.run("ip link set " + link + " up");
      }
      LinuxDrivers drivers =
          new LinuxDrivers(
              new LinuxOptions(
                  suffix + "-{network}-{gateway}",
                  "ext",
                  "int",
                  Duration.ZERO,
                  new LinuxOptions.Creation(
                      outer,
                      inner,
                      List.of("192.168.0.1/24", "fd00::1/64"),
                      List.of(ip("10.1.0.1"), ip("2001:db8:1::1")))));
      for (int i = 0; i < 2; i++) {
        try (Driver driver = drivers.open("net", "gw1")) {
          if (i == 0) {
            driver.begin("first");
            driver.apply(new Changes().address("10.1.2.3/16").done());
          }
          assertThat(driver.instance()).isEqualTo("first");
          assertThat(driver.look().addresses())
              .containsExactly(new Inventory.Address(ip("10.1.2.3"), 16, true));
        }
      }
      assertThat(Shell.run("ip -n " + name + " route")).contains("default via 10.1.0.1 dev ext");
      assertThat(Shell.run("ip -n " + name + " -6 route"))
          .contains("default via 2001:db8:1::1 dev ext");
      assertThat(Shell.run("ip -n " + name + " addr show dev int"))
          .contains("192.168.0.1/24", "fd00::1/64");
    } finally {
      Shell.tryRun("ip netns del " + name);
      Shell.tryRun("ip link del " + outer);
      Shell.tryRun("ip link del " + inner);
    }
  }

  @Test
  void aNamespaceThatIsNotThereIsNamed() {
    LinuxDrivers drivers =
        new LinuxDrivers(new LinuxOptions(suffix + "-none", "ext", "int", Duration.ZERO, null));
    assertThatThrownBy(() -> drivers.open("net", "gw1"))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("/run/netns/" + suffix + "-none")
        .hasMessageContaining("No such file or directory");
  }
}
