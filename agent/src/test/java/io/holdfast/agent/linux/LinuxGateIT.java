package io.holdfast.agent.linux;

import static io.holdfast.agent.linux.Changes.fip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.driver.Lease;
import io.holdfast.agent.driver.LeaseLapsedException;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway without a lease answers for nothing, whatever became of its agent. */
@NeedsRoot
class LinuxGateIT extends OpenGateway {
  private static final String EIP = "10.1.2.3";
  private static final String EIP_V6 = "2001:db8:1::3";
  private static final Duration LONG = Duration.ofMinutes(5);

  @BeforeEach
  void begin() throws Exception {
    driver.apply(
        new Changes()
            .address(EIP + "/16")
            .address(EIP_V6 + "/64")
            .rule(EIP, fip("192.168.0.2"))
            .rule(EIP_V6, fip("fd00::2"))
            .done());
  }

  @Test
  void nothingIsAnsweredForBeforeTheFirstLease() throws Exception {
    assertThat(net.answersArp(EIP)).isFalse();
    assertThat(net.answersSolicitation(EIP_V6)).isFalse();
    driver.renew(driver.arm(LONG));
    assertThat(net.answersArp(EIP)).isTrue();
    assertThat(net.answersSolicitation(EIP_V6)).isTrue();
  }

  @Test
  void nothingIsAnsweredForAfterTheLease() throws Exception {
    try (ArpWatch watch = new ArpWatch(net.outside, "10.1.0.1", EIP)) {
      long armed = System.nanoTime();
      driver.renew(driver.arm(Duration.ofMillis(600)));
      awaitSilence(watch);
      assertThat(watch.since(armed + millis(600 + 100))).isEmpty();
      assertThat(net.answersSolicitation(EIP_V6)).isFalse();

      Lease late = driver.arm(LONG);
      assertThatThrownBy(() -> driver.renew(late)).isInstanceOf(LeaseLapsedException.class);
      assertThat(net.answersArp(EIP)).isFalse();
    }
    assertThat(driver.instance()).isEqualTo("first");
    driver.begin("second");
    driver.renew(driver.arm(LONG));
    driver.apply(new Changes().address(EIP + "/16").done());
    assertThat(net.answersArp(EIP)).isTrue();
  }

  /** The clock of a lease runs from arming, so that being late is no gain. */
  @Test
  void anArmedLeaseThatRanOutRenewsNothing() throws Exception {
    driver.renew(driver.arm(LONG));
    Lease shortOne = driver.arm(Duration.ofMillis(1));
    Thread.sleep(50); // the time itself is what is tested
    assertThatThrownBy(() -> driver.renew(shortOne)).isInstanceOf(LeaseLapsedException.class);
    assertThat(net.answersArp(EIP)).isTrue();
    Lease replaced = driver.arm(LONG);
    driver.renew(driver.arm(LONG));
    assertThatThrownBy(() -> driver.renew(replaced)).isInstanceOf(LeaseLapsedException.class);
  }

  @Test
  void aShorterLeaseTakesThePlaceOfALongerOne() throws Exception {
    driver.renew(driver.arm(LONG));
    try (ArpWatch watch = new ArpWatch(net.outside, "10.1.0.1", EIP)) {
      long armed = System.nanoTime();
      driver.renew(driver.arm(Duration.ofMillis(400)));
      awaitSilence(watch);
      assertThat(watch.since(armed + millis(400 + 100))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-STOP", "-KILL"})
  void aStoppedOrKilledAgentFallsSilentWithinItsLease(String signal) throws Exception {
    int lease = 1200;
    Process holder = LeaseHolder.start(gateway, Duration.ofMillis(lease));
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Closeable _ = Peers.tcpServer(inside, "::", 81);
        ArpWatch watch = new ArpWatch(net.outside, "10.1.0.1", EIP);
        Peers.Connection v4 = Peers.connect(net.outside, "", EIP, 80).orElseThrow();
        Peers.Connection v6 = Peers.connect(net.outside, "", EIP_V6, 81).orElseThrow()) {
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < millis(2L * lease)) { // it is kept for longer than a lease
        assertThat(v4.echoes()).isTrue();
        assertThat(v6.echoes()).isTrue();
      }
      Shell.run("kill " + signal + " " + holder.pid());
      long stopped = System.nanoTime();
      awaitSilence(watch);
      List<ArpWatch.Answer> late = watch.since(stopped + millis(lease + 100L));
      assertThat(late).isEmpty();
      assertThat(v4.echoes()).isFalse();
      assertThat(v6.echoes()).isFalse();
      assertThat(net.answersSolicitation(EIP_V6)).isFalse();
      assertThat(Peers.seenByTcp(inside, "192.168.0.2", "10.1.0.1", 9)).isEmpty();

      if (signal.equals("-STOP")) {
        Shell.run("kill -CONT " + holder.pid());
        assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).isEqualTo(LeaseHolder.LAPSED);
        assertThat(net.answersArp(EIP)).isFalse();
        assertThat(watch.since(stopped + millis(lease + 100L))).isEmpty();
      }
    } finally {
      holder.destroyForcibly();
    }
  }

  private static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }

  /** Until there was an answer, and then none for half a second. */
  private static void awaitSilence(ArpWatch watch) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (watch.answers().isEmpty()) {
      assertThat(System.nanoTime() - end).as("there is no answer after 20 s").isNegative();
      Thread.sleep(5);
    }
    while (!watch.since(System.nanoTime() - millis(500)).isEmpty()) {
      assertThat(System.nanoTime() - end).as("there are still answers after 20 s").isNegative();
      Thread.sleep(20);
    }
  }
}
