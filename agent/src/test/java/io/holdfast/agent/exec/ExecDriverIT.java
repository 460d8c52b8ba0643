package io.holdfast.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.Eventually;
import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.driver.Lease;
import io.holdfast.agent.driver.LeaseLapsedException;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver with real processes: the example program, on files. */
class ExecDriverIT {
  private static final IpAddress A = IpAddress.parse("10.1.69.205");
  private static final IpAddress B = IpAddress.parse("2001:db8::5");
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private FileGateway gateway;
  private ExecDriver driver;

  @BeforeEach
  void open() throws DriverException {
    gateway = new FileGateway(folder);
    driver = gateway.driver(folder.resolve("run"), "gw1", Duration.ofSeconds(2));
  }

  private static Change add(IpAddress ip) {
    return new Change(
        7,
        List.of(),
        List.of(),
        List.of(new Change.AddressAddition(ip, 24, 3)),
        List.of(
            new Change.RuleAddition(ip, 3, new RuleSpec.Fip(IpAddress.parse("10.0.0.5"), "v")),
            new Change.RuleAddition(
                ip,
                3,
                new RuleSpec.Dnat(Protocol.TCP, 443, IpAddress.parse("10.0.0.5"), 8443, "v")),
            new Change.RuleAddition(ip, 3, new RuleSpec.Snat(Cidr.parse("10.0.0.0/24"), "v"))));
  }

  private void lease(Duration length) throws DriverException {
    driver.renew(driver.arm(length));
  }

  private Set<String> there() {
    return gateway.there("net", "gw1");
  }

  @Test
  void whatIsAppliedIsSeenAndRemovedExactly() throws Exception {
    driver.begin("boot.1");
    lease(LONG);
    driver.apply(add(A));
    driver.apply(add(B));
    assertThat(driver.instance()).isEqualTo("boot.1");
    Inventory all = driver.look();
    assertThat(all.complete()).isTrue();
    assertThat(all.addresses())
        .containsExactlyInAnyOrder(
            new Inventory.Address(A, 24, true), new Inventory.Address(B, 24, true));
    assertThat(all.rules())
        .contains(
            new Inventory.Rule(A, "fip", "10.0.0.5", true),
            new Inventory.Rule(A, "dnat/tcp/443", "10.0.0.5:8443", true),
            new Inventory.Rule(B, "snat/10.0.0.0/24", "", true))
        .hasSize(6);
    driver.apply(
        new Change(
            7,
            List.of(new Change.RuleRemoval(A, "dnat/tcp/443", "10.0.0.5:8443", 3)),
            List.of(new Change.AddressRemoval(A, 24, 3)),
            List.of(),
            List.of()));
    Item.Address address = new Item.Address(A);
    Item.Rule dnat = new Item.Rule(A, "dnat/tcp/443");
    Item.Rule fip = new Item.Rule(A, "fip");
    Inventory some = driver.look(Set.of(address, dnat, fip));
    assertThat(some.complete()).isFalse();
    assertThat(some.absent()).containsExactlyInAnyOrder(address, dnat);
    assertThat(some.rules()).containsExactly(new Inventory.Rule(A, "fip", "10.0.0.5", true));
    assertThat(there()).contains("addresses/2001:db8::5_24").hasSize(6);
  }

  @Test
  void clearTakesOnlyItsOwn() throws Exception {
    driver.begin("boot.1");
    lease(LONG);
    gateway.foreign("net", "gw1", "10.9.9.9_32");
    driver.apply(add(A));
    driver.clear();
    assertThat(there()).containsExactly("addresses/10.9.9.9_32");
    assertThat(driver.instance()).isEmpty();
    assertThat(driver.look().addresses())
        .containsExactly(new Inventory.Address(IpAddress.parse("10.9.9.9"), 32, false));
  }

  @Test
  void nothingIsAddedWithoutALease() throws Exception {
    assertThatThrownBy(() -> driver.apply(add(A))).isInstanceOf(LeaseLapsedException.class);
    driver.begin("boot.1");
    assertThatThrownBy(() -> driver.apply(add(A))).isInstanceOf(LeaseLapsedException.class);
    assertThat(there()).isEmpty();
  }

  /** The fence needs nobody: no thread of this process takes part in it. */
  @Test
  void whenTheLeaseRunsOutAllIsTakenDown() throws Exception {
    driver.begin("boot.1");
    gateway.foreign("net", "gw1", "10.9.9.9_32");
    lease(Duration.ofSeconds(1));
    driver.apply(add(A));
    long began = System.nanoTime();
    Eventually.holds(Duration.ofSeconds(10), "cleared", () -> there().size() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    assertThatThrownBy(() -> driver.apply(add(A))).isInstanceOf(LeaseLapsedException.class);
    Lease late = driver.arm(LONG);
    assertThatThrownBy(() -> driver.renew(late)).isInstanceOf(LeaseLapsedException.class);
    driver.begin("boot.2");
    lease(LONG);
    driver.apply(add(A));
    assertThat(there()).hasSize(5);
  }

  /** Renewed again and again it lives on; the clocks of the leases before do no harm. */
  @Test
  void renewing() throws Exception {
    driver.begin("boot.1");
    Duration length = Duration.ofSeconds(3); // a busy machine takes a while for one renewal
    lease(length);
    driver.apply(add(A));
    for (int i = 0; i < 4; i++) {
      Thread.sleep(1_000); // time has to pass: it is what a lease is about
      lease(length);
    }
    assertThat(there()).hasSize(4);
    Eventually.holds(Duration.ofSeconds(10), "cleared", () -> there().isEmpty());
  }

  /** The process was stopped between the heartbeat and its renewal. */
  @Test
  void aLeaseWhoseTimeIsOverIsNoLease() throws Exception {
    driver.begin("boot.1");
    lease(LONG);
    driver.apply(add(A));
    Lease stale = driver.arm(Duration.ofMillis(50));
    Path over = folder.resolve("run").resolve("net@gw1.lease.over");
    Eventually.holds(Duration.ofSeconds(5), "over", () -> java.nio.file.Files.exists(over));
    assertThatThrownBy(() -> driver.renew(stale)).isInstanceOf(LeaseLapsedException.class);
    assertThat(there()).as("the one before still counts").hasSize(4);
  }

  @Test
  void exitCodesAreNoEvidence() throws Exception {
    driver.begin("boot.1");
    lease(LONG);
    driver.apply(add(A));
    gateway.breakWith("case $1 in remove-*) exit 0 ;; esac");
    driver.apply(
        new Change(
            7, List.of(), List.of(new Change.AddressRemoval(A, 24, 3)), List.of(), List.of()));
    assertThat(driver.look(Set.of(new Item.Address(A))).addresses()).hasSize(1);
    gateway.breakWith("case $1 in add-*) echo no such router >&2; exit 3 ;; esac");
    assertThatThrownBy(() -> driver.apply(add(B)))
        .hasMessageContaining("add-address")
        .hasMessageContaining("exit 3, no such router");
    gateway.breakWith("case $1 in clear) exit 0 ;; esac");
    assertThatThrownBy(() -> driver.clear()).hasMessageContaining("things are left");
  }

  @Test
  void aListThatIsCutOffSaysNothing() throws Exception {
    driver.begin("boot.1");
    gateway.breakWith("[ $1 != list ] || exit 0");
    assertThatThrownBy(() -> driver.look()).hasMessageContaining("cut off");
    gateway.breakWith(
        "[ $1 != list ] || { echo '{\"ip\": \"10.0.0.0/24\", \"prefix\": 24}'; exit; }");
    assertThatThrownBy(() -> driver.look()).hasMessageContaining("line 1");
  }

  @Test
  void aProgramThatHangsIsKilled() throws Exception {
    driver = gateway.driver(folder.resolve("run"), "gw1", Duration.ofMillis(300));
    gateway.breakWith("[ $1 != list ] || sleep 600");
    long began = System.nanoTime();
    assertThatThrownBy(() -> driver.look()).isInstanceOf(DriverException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
  }

  /**
   * The fence comes in the middle of a run that hangs, and the program does not heed signals that
   * can be caught: it is done all the same before the service believes it.
   */
  @Test
  void aFenceInTheMiddleOfARunThatHangsIsInTime() throws Exception {
    driver.begin("boot.1");
    Duration lease = Duration.ofMillis(900); // F is 1 s
    lease(lease);
    long armed = System.nanoTime();
    driver.apply(add(A));
    gateway.breakWith("[ $1 != list ] || { trap '' TERM INT; while :; do sleep 1; done; }");
    Thread hangs =
        Thread.ofPlatform()
            .start(
                () -> assertThatThrownBy(() -> driver.look()).isInstanceOf(DriverException.class));
    Eventually.holds(Duration.ofSeconds(10), "cleared", () -> there().isEmpty());
    // Contact was at the earliest 0.1 F before the lease was armed; the service waits 1.1 F + 2 s.
    assertThat(Duration.ofNanos(System.nanoTime() - armed)).isLessThan(Duration.ofSeconds(3));
    hangs.join();
  }

  @Test
  void aRunAndAClearingFitBetweenTheLeaseAndTheServicesBelief() {
    for (long f : new long[] {100, 1_000, 3_000, 10_000, 60_000, 3_600_000}) {
      Duration lease = Duration.ofMillis(f - f / 10);
      Duration both = ExecDriver.mostOf(lease).multipliedBy(2);
      assertThat(both).isLessThan(Duration.ofMillis(f / 10 + 2_000));
    }
  }
}
