package io.holdfast.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Inventory;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prints what the driver takes for 10,000 addresses with a FIP each. Not part of the tests: {@code
 * mvn test -pl agent -am -Dtest=LinuxBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@NeedsRoot
class LinuxBenchmark {
  private static final int COUNT = 10_000;
  private static final int ROUNDS = 50;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tenThousand(boolean six) throws Exception {
    try (TestNet net = new TestNet();
        LinuxDriver driver = LinuxDriver.open(net.gateway("gw", Duration.ofMillis(20)))) {
      String family = six ? "IPv6: " : "IPv4: ";
      driver.begin("bench");
      driver.renew(driver.arm(Duration.ofMinutes(10)));
      Changes all = new Changes();
      for (int i = 0; i < COUNT; i++) {
        add(all, six, i);
      }
      Change first = all.done();
      long start = System.nanoTime();
      driver.apply(first);
      say(family + COUNT + " addresses with FIPs: apply", start);
      start = System.nanoTime();
      Inventory seen = driver.look();
      say(family + "look at all", start);
      assertThat(seen.addresses()).hasSize(COUNT);
      assertThat(seen.rules()).hasSize(COUNT);

      long[] added = new long[ROUNDS];
      long[] removed = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        Change one = add(new Changes(), six, COUNT + i).done();
        start = System.nanoTime();
        driver.apply(one);
        Inventory partial = driver.look(one.items());
        added[i] = System.nanoTime() - start;
        assertThat(partial.absent()).isEmpty();
      }
      for (int i = 0; i < ROUNDS; i++) {
        Change one =
            new Changes()
                .noAddress(eip(six, COUNT + i) + (six ? "/64" : "/16"))
                .noRule(eip(six, COUNT + i), Changes.fip(internal(six, COUNT + i)))
                .done();
        start = System.nanoTime();
        driver.apply(one);
        Inventory partial = driver.look(one.items());
        removed[i] = System.nanoTime() - start;
        assertThat(partial.absent()).hasSize(2);
      }
      print(family + "one more address with FIP, applied and seen", added);
      print(family + "one fewer, applied and seen", removed);

      long[] renewed = new long[500];
      for (int i = 0; i < renewed.length; i++) {
        start = System.nanoTime();
        driver.renew(driver.arm(Duration.ofMinutes(10)));
        renewed[i] = System.nanoTime() - start;
      }
      print(family + "arm and renew a lease", renewed);
      start = System.nanoTime();
      driver.clear();
      say(family + "take all down", start);
      assertThat(driver.look()).isEqualTo(Inventory.empty());
    }
  }

  private static Changes add(Changes changes, boolean six, int i) {
    return changes
        .address(eip(six, i) + (six ? "/64" : "/16"))
        .rule(eip(six, i), Changes.fip(internal(six, i)));
  }

  private static String eip(boolean six, int i) {
    return six
        ? "2001:db8:1::1:" + Integer.toHexString(i)
        : "10.1." + (20 + i / 256) + "." + i % 256;
  }

  private static String internal(boolean six, int i) {
    return six ? "fd00::1:" + Integer.toHexString(i) : "192.168." + (20 + i / 256) + "." + i % 256;
  }

  private static void say(String what, long start) {
    IO.println(what + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    IO.println(
        "%s: median %.2f ms, 95 %% %.2f ms, most %.2f ms"
            .formatted(
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 95 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6));
  }
}
