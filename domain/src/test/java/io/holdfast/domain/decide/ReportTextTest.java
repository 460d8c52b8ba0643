package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** What of reports ends in events and rows is not longer than it may be. */
class ReportTextTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.1
      heartbeat n1 b1
      define-gateway gw1 n1
      allocate owner=a gateway=gw1
      """;

  @Test
  void namesThatAreTooLongAreInvalid() {
    new Script()
        .play(WORLD)
        .play(
            """
            heartbeat %1$s b1              -> invalid node silent
            heartbeat n2 %1$s              -> invalid bootId silent
            observe gw1 n%2$s              -> invalid node silent
            started gw1 n1 b1 %3$s         -> invalid instance silent

            heartbeat %2$s %2$s            -> used NodeRegistered
            started gw1 n1 b1 %4$s         -> used GatewayInstanceStarted
            """
                .formatted("x".repeat(129), "x".repeat(128), "x".repeat(254), "x".repeat(253)));
  }

  @Test
  void anInstanceHasAName() {
    Script script = new Script().play(WORLD);

    assertThat(script.ledger().tell(new Report.InstanceStarted("gw1", "n1", "b1", " ")).answer())
        .isEqualTo(new Disposition.Invalid("instance", " ", "1 to 253 printable ASCII characters"));
  }

  @Test
  void anInstanceRunsForNoTimeOrMore() {
    Script script = new Script().play(WORLD);

    assertThat(
            script.ledger().tell(new Report.InstanceStarted("gw1", "n1", "b1", "i1", -1)).answer())
        .isEqualTo(new Disposition.Invalid("uptimeMs", "-1", "0 to " + Long.MAX_VALUE));
  }

  @Test
  void whatAReportSaysOfItselfIsBounded() {
    String longest = "x".repeat(253);
    String longer = "x".repeat(254);

    assertThat(Decider.check(new ReportMeta(longest, longest))).isNull();
    assertThat(Decider.check(new ReportMeta(longer, longest)))
        .isEqualTo(new Disposition.Invalid("meta.id", longer, "at most 253 characters"));
    assertThat(Decider.check(new ReportMeta(longest, longer)))
        .isEqualTo(new Disposition.Invalid("meta.source", longer, "at most 253 characters"));
  }

  @Test
  void whatIsInvalidIsCut() {
    assertThat(new Disposition.Invalid("node", "x".repeat(1_000_000), "").value())
        .hasSizeLessThanOrEqualTo(300)
        .endsWith("xxx... (1000000 characters)");
  }

  /** They are for people: refusing the fact for them would be worse. */
  @Test
  void detailsAreCut() {
    Script script = new Script().play(WORLD).play("define-gateway gw1 n1 threshold=1 hold=0s");
    IpAddress ip = IpAddress.parse("10.0.0.1");
    long tenure = 5; // its event is the fifth
    String longest = "d".repeat(1_000);
    String longer = "d".repeat(1_001);
    String cut = "d".repeat(979) + "... (1001 characters)";

    assertThat(event(script, new Report.ProbeResult(null, ip, tenure, false, longest)))
        .isEqualTo(new Event.ProbeFailed(null, ip, 1, 3, longest));
    assertThat(event(script, new Report.ProbeResult(null, ip, tenure, false, longer)))
        .isEqualTo(new Event.ProbeFailed(null, ip, 2, 3, cut));
    assertThat(event(script, new Report.ProbeResult("gw1", null, 1, false, longer)))
        .isEqualTo(new Event.ProbeFailed("gw1", null, 1, 1, cut));
    assertThat(event(script, check(ip, tenure, CheckResult.UNKNOWN, longer)))
        .isInstanceOfSatisfying(
            Event.OwnerUnknown.class, e -> assertThat(e.detail()).isEqualTo(cut));
    assertThat(event(script, check(ip, tenure, CheckResult.ABSENT, longest)))
        .isInstanceOfSatisfying(
            Event.OwnerAbsent.class, e -> assertThat(e.detail()).isEqualTo(longest));
  }

  private static Report check(IpAddress ip, long tenure, CheckResult result, String detail) {
    return new Report.OwnerCheck(ip, tenure, result, true, detail);
  }

  private static Event event(Script script, Report report) {
    return script.ledger().tell(report).events().getFirst().event();
  }
}
