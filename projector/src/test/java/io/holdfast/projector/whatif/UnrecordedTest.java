package io.holdfast.projector.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import org.junit.jupiter.api.Test;

/** Tenures that the record does not have last as long as recorded ones, on average. */
final class UnrecordedTest {
  private static final Grant FIRST = grant(1);
  private static final Grant SECOND = grant(2);

  private final Unrecorded unrecorded = new Unrecorded();

  private static Grant grant(long tenure) {
    return new Grant(IpAddress.parse("10.0.0." + tenure), tenure, "p");
  }

  /** One recorded tenure lasted 50, another 150: 100 on average. */
  @Test
  void theyEndAfterTheAverage() {
    unrecorded.recorded(7, grant(7), 0);
    unrecorded.recorded(8, grant(8), 0);
    unrecorded.over(7, 50);
    unrecorded.over(8, 150);
    unrecorded.add(FIRST, 200);
    assertThat(unrecorded.next(299)).isNull();
    assertThat(unrecorded.next(300)).isEqualTo(new Unrecorded.Due(300, FIRST));
    assertThat(unrecorded.next(Long.MAX_VALUE)).isNull();
  }

  /** It has an end as soon as there is one to compare with, and not before that. */
  @Test
  void whatBeganBeforeAnyWasOverEndsToo() {
    unrecorded.recorded(7, grant(7), 0);
    unrecorded.add(FIRST, 10);
    unrecorded.add(SECOND, 490);
    assertThat(unrecorded.next(499)).isNull();
    unrecorded.over(7, 500);
    assertThat(unrecorded.next(Long.MAX_VALUE)).isEqualTo(new Unrecorded.Due(510, FIRST));
    assertThat(unrecorded.next(Long.MAX_VALUE)).isEqualTo(new Unrecorded.Due(990, SECOND));
    assertThat(unrecorded.next(Long.MAX_VALUE)).isNull();
  }
}
