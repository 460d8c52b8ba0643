package io.holdfast.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.net.IpRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two entries that differ in one member of one list differ in their digest. */
class DigestTest {
  private static long digest(Fingerprint.Entry entry) {
    return new Fingerprint("t").add(entry).value();
  }

  private static void differ(Fingerprint.Entry... entries) {
    assertThat(List.of(entries).stream().map(DigestTest::digest)).doesNotHaveDuplicates();
  }

  @Test
  void pools() {
    differ(
        spec("10.0.0.1", "10.0.0.3", "a", "x"),
        spec("10.0.0.2", "10.0.0.3", "a", "x"),
        spec("10.0.0.1", "10.0.0.4", "a", "x"),
        spec("10.0.0.1", "10.0.0.3", "b", "x"),
        spec("10.0.0.1", "10.0.0.3", "a", "y"));
    PoolSpec spec = spec("10.0.0.1", "10.0.0.3", "a", "x");
    AddressSet fresh = AddressSet.of(List.of(IpRange.parse("10.0.0.1-10.0.0.9")));
    differ(
        new Pool(spec, fresh, fresh, 1),
        new Pool(spec, fresh, AddressSet.of(List.of(IpRange.parse("10.0.0.2-10.0.0.9"))), 1),
        new Pool(spec, fresh, AddressSet.of(List.of(IpRange.parse("10.0.0.1-10.0.0.8"))), 1));
  }

  private static PoolSpec spec(String range, String exclusion, String label, String value) {
    return new PoolSpec(
        IpFamily.V4,
        List.of(range),
        List.of(exclusion),
        null,
        null,
        0,
        Map.of(label, value),
        OwnerCheckPolicy.DEFAULT);
  }

  @Test
  void waiters() {
    Owner owner = new Owner("t", "Pod", "ns", "a", "");
    EipRequest plain = EipRequest.of(owner, FamilyChoice.V4);
    IpAddress ip = IpAddress.parse("10.0.0.1");
    List<EipRequest> requests =
        List.of(
            plain,
            EipRequest.of(new Owner("t", "Pod", "ns", "b", ""), FamilyChoice.V4),
            EipRequest.of(owner, FamilyChoice.V6),
            EipRequest.of(owner, FamilyChoice.V4, "p"),
            plain.at(ip, 1, null, null),
            plain.at(null, 2, null, null),
            plain.at(null, 1, "x", null),
            plain.at(null, 1, null, "x"),
            with(Map.of("a", "b"), false, null, Map.of()),
            with(Map.of(), true, null, Map.of()),
            with(Map.of(), false, 0L, Map.of()),
            with(Map.of(), false, 1L, Map.of()),
            with(Map.of(), false, null, Map.of("a", "b")));
    differ(requests.toArray(EipRequest[]::new));
    differ(
        new Waiter(plain, "c", 1, 2),
        new Waiter(requests.getLast(), "c", 1, 2),
        new Waiter(plain, "d", 1, 2),
        new Waiter(plain, "c", 0, 2),
        new Waiter(plain, "c", 1, 3));
  }

  private static EipRequest with(
      Map<String, String> labels,
      boolean contiguous,
      @Nullable Long leaseMs,
      Map<String, String> tags) {
    Owner owner = new Owner("t", "Pod", "ns", "a", "");
    return new EipRequest(
        List.of(), labels, owner, null, FamilyChoice.V4, 1, contiguous, null, null, leaseMs, tags);
  }

  @Test
  void holdings() {
    differ(holding("10.0.0.1", "10.0.0.2"), holding("10.0.0.1", "10.0.0.3"), holding("10.0.0.1"));
  }

  private static Holding holding(String... addresses) {
    return new Holding(List.of(addresses).stream().map(IpAddress::parse).toList());
  }

  @Test
  void gatewaysAndNodes() {
    differ(gatewaySpec("n1", "n2"), gatewaySpec("n1", "n3"), gatewaySpec("n1"));
    Gateway gateway = Gateway.defined(gatewaySpec("n1"), 1).placed("n1", 1, 2, 3, 0);
    differ(
        gateway.startedAs("i1", 0).placed("n1", 2, 4, 5, 0),
        gateway.startedAs("i2", 0).placed("n1", 2, 4, 5, 0));
    differ(gateway.startedAs("i1", 0), gateway.startedAs("i1", 7), gateway.startedAs("i1", 8));
    differ(Node.registered("b1", 1).returned("b3", 2), Node.registered("b2", 1).returned("b3", 2));
  }

  private static GatewaySpec gatewaySpec(String... candidates) {
    return new GatewaySpec(List.of(candidates), Failover.TAKEOVER, 10_000, 3, 0);
  }

  @Test
  void whoHeldAnAddressBefore() {
    Owner owner = new Owner("t", "Pod", "ns", "a", "");
    differ(
        cooling(null),
        cooling(new Former(owner, null, null)),
        cooling(new Former(new Owner("t", "Pod", "ns", "b", ""), null, null)),
        cooling(new Former(owner, new NodeBinding("n1", "b1"), null)),
        cooling(new Former(owner, null, "gw1")));
  }

  private static Address cooling(@Nullable Former former) {
    return new Address("p", Phase.COOLING_DOWN, 1, null, List.of(), 0, 9, former);
  }

  /** Of instances and boots the last 16 that ended are known: what comes from them is late. */
  @Test
  void theLastSixteenAreRemembered() {
    Gateway gateway = Gateway.defined(gatewaySpec("n1"), 1).placed("n1", 1, 2, 3, 0);
    Node node = Node.registered("x0", 1);
    for (int i = 0; i < 16; i++) {
      gateway = gateway.startedAs("x" + i, 0).placed("n1", i + 2, i + 4, i + 5, 0);
      node = node.returned("x" + (i + 1), i + 2);
    }
    assertThat(gateway.formerInstances()).hasSize(16).startsWith("x0").endsWith("x15");
    assertThat(node.formerBoots()).hasSize(16).startsWith("x0").endsWith("x15");
    gateway = gateway.startedAs("x16", 0).placed("n1", 18, 20, 21, 0);
    node = node.returned("x17", 18);
    assertThat(gateway.formerInstances()).hasSize(16).startsWith("x1").endsWith("x16");
    assertThat(node.formerBoots()).hasSize(16).startsWith("x1").endsWith("x16");
  }

  @Test
  void aCarriageThatChangesKeepsItsPlace() {
    Carriage first = Carriage.wanted("gw1", 32, 1, 1);
    Carriage second = Carriage.wanted("gw2", 32, 2, 1);
    Address on = new Address("p", Phase.RELEASING, 1, null, List.of(first, second), 0, 0, null);
    Carriage left = first.withdrawnAt(3, 1);
    assertThat(on.carriage("gw1", left).carriages()).containsExactly(left, second);
    assertThat(on.carriage("gw1", null).carriages()).containsExactly(second);
    Carriage third = Carriage.wanted("gw3", 32, 4, 1);
    assertThat(on.carriage("gw3", third).carriages()).containsExactly(first, second, third);
    assertThat(on.on("gw2")).isEqualTo(second);
    assertThat(on.on(null)).isNull();
  }
}
