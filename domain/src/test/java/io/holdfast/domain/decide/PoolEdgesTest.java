package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.script.Ledger;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.MemoryState;
import org.junit.jupiter.api.Test;

/** Pools that meet, were cut, or are asked for what they do not have. */
class PoolEdgesTest {

  /** Two pools hold what they do not cover any more: p has .2, q has .3 and .5. */
  private static final String CUT =
      """
      define-pool p 10.0.0.2,10.0.0.9
      define-pool q 10.0.0.3,10.0.0.5,10.0.0.8
      allocate owner=a pool=p ip=10.0.0.2
      allocate owner=b pool=q ip=10.0.0.3
      allocate owner=b pool=q ip=10.0.0.5
      resize-pool p 10.0.0.9 mode=retain
      resize-pool q 10.0.0.8 mode=retain
      """;

  @Test
  void whatAnotherPoolStillHoldsCannotBeOffered() {
    for (String refused :
        new String[] {
          "define-pool r 10.0.0.1-10.0.0.4                    # in the middle",
          "define-pool r 10.0.0.1-10.0.0.2                    # at the end",
          "resize-pool q 10.0.0.1-10.0.0.4,10.0.0.8 mode=retain    # before one of its own",
          "resize-pool q 10.0.0.2,10.0.0.5-10.0.0.6,10.0.0.8 mode=retain # in an earlier range"
        }) {
      Script script = new Script().play(CUT);
      script.step(refused.substring(0, refused.indexOf('#')) + " -> PoolOverlap silent");
      assertThat(script.lastRefusal().details()).containsEntry("pool", "p");
      assertThat(script.lastRefusal().message()).contains("10.0.0.2", "pool p");
    }
    Script script = new Script().play(CUT);
    script.step("resize-pool p 10.0.0.1-10.0.0.4,10.0.0.9 mode=retain -> PoolOverlap silent");
    assertThat(script.lastRefusal().details()).containsEntry("pool", "q");
    assertThat(script.lastRefusal().message()).contains("10.0.0.3");
    script.play("resize-pool p 10.0.0.1-10.0.0.2,10.0.0.9 mode=retain -> ok");
    script.play("resize-pool q 10.0.0.3-10.0.0.6,10.0.0.8 mode=retain -> ok");
  }

  @Test
  void theFirstPoolByNameThatOffersItIsNamed() {
    Script script =
        new Script()
            .play(
                """
                define-pool a 10.0.1.0/24
                define-pool b 10.0.2.0/24
                define-pool c 10.0.2.0/24,10.0.1.0/24  -> PoolOverlap silent
                """);
    assertThat(script.lastRefusal().details()).containsEntry("pool", "a");
  }

  @Test
  void aCutIsRefusedWithTheNumberOfThoseInUse() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.0/29
                allocate owner=a count=5
                release 10.0.0.2
                tick +300s                             -> EipFreed
                resize-pool p 10.0.0.5-10.0.0.6        -> InUse silent
                """);
    assertThat(script.lastRefusal().details()).containsEntry("inUse", "3");
    assertThat(script.lastRefusal().message()).contains("3 addresses", "10.0.0.1");
  }

  @Test
  void rangesMayMeetButNotShareAnAddress() {
    Script script = new Script();
    script.play("define-pool q 10.1.0.1-10.1.0.5,10.1.0.5-10.1.0.9 -> Invalid ranges[1]");
    assertThat(script.lastRefusal().allowed()).contains("10.1.0.1-10.1.0.5");
    script.play("define-pool q 10.1.0.1-10.1.0.5,10.1.0.6-10.1.0.9 -> ok\npool q -> size=9");
  }

  @Test
  void aRefusalNamesThePoolsThatWereAsked() {
    Script script = new Script().play("define-pool p 10.0.0.0/29\ndefine-pool q 10.1.0.0/29");
    script.step("allocate owner=a family=v6 -> NoMatchingPool");
    assertThat(script.lastRefusal().message()).isEqualTo("no V6 pool among those of this network");
    script.step("allocate owner=a family=v6 pool=p,q -> NoMatchingPool");
    assertThat(script.lastRefusal().message()).isEqualTo("no V6 pool among [p, q]");
    script.step("allocate owner=a ip=10.9.9.9 -> OutOfRange");
    assertThat(script.lastRefusal().message())
        .isEqualTo("10.9.9.9 is not offered by any pool of this network");
    script.step("allocate owner=a ip=10.9.9.9 pool=p,q -> OutOfRange");
    assertThat(script.lastRefusal().message()).isEqualTo("10.9.9.9 is not offered by pools [p, q]");
  }

  /** It never had a tenure, so there is none to name, to end or to be stale. */
  @Test
  void anAddressInQuarantineBeforeItsFirstUseIsNotAllocated() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.0/29
                heartbeat n1 b1
                define-gateway gw1 n1
                observe gw1 ip=10.0.0.1/32             -> IpQuarantined
                """);
    for (String tenure : new String[] {"", " tenure=0", " tenure=4"}) {
      script.step("release 10.0.0.1" + tenure + " -> AddressNotAllocated silent");
      script.step("force-release 10.0.0.1" + tenure + " -> AddressNotAllocated silent");
      script.step("attach 10.0.0.1 gw1" + tenure + " -> AddressNotAllocated silent");
      script.step("bind-fip 10.0.0.1 192.168.0.1" + tenure + " -> AddressNotAllocated silent");
    }
  }

  @Test
  void aProbeIsOfAGatewayOrOfAnEip() {
    IpAddress ip = IpAddress.parse("10.0.0.1");
    for (Report.ProbeResult neither :
        new Report.ProbeResult[] {
          new Report.ProbeResult(null, null, 1, true, ""),
          new Report.ProbeResult("gw1", ip, 1, true, "")
        }) {
      Ledger.Reply<Disposition> reply = new Script().ledger().tell(neither);
      assertThat(reply.answer())
          .isEqualTo(
              new Disposition.Invalid(
                  "gateway",
                  neither.gateway() == null ? "null" : "gw1",
                  "exactly one of gateway and ip"));
      assertThat(reply.events()).isEmpty();
    }
  }

  /** That is no refusal but a broken store: it is said, not guessed around. */
  @Test
  void aRecordThatMustBeThereAndIsNotIsAnError() {
    MemoryState empty = new MemoryState();
    IpAddress ip = IpAddress.parse("10.0.0.1");
    assertThatThrownBy(() -> PoolDecisions.pool(empty, "p"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pool p");
    assertThatThrownBy(() -> PoolDecisions.use(empty, "p"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pool p");
    assertThatThrownBy(() -> GatewayDecisions.gateway(empty, "gw1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gateway gw1");
    assertThatThrownBy(() -> ReleaseDecisions.address(empty, ip))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("10.0.0.1");
    Script free = new Script();
    free.play("define-pool p 10.0.0.0/29\nallocate owner=a\nrelease 10.0.0.1");
    assertThatThrownBy(() -> ReleaseDecisions.tenancy(free.ledger().state(), ip))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tenure");
  }
}
