package io.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.probe.ProbeBook.Subject;
import io.holdfast.domain.net.IpAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeBookTest {
  private static final Subject GW = new Subject("net", "gw1", 7);

  /** Results of one subject as signs, and which of them are told. */
  private static String told(String results) {
    ProbeBook book = new ProbeBook();
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < results.length(); i++) {
      char c = results.charAt(i);
      told.append(book.isNews(GW, c == '+') ? c : '.');
    }
    return told.toString();
  }

  @Test
  void everyFailureAndTheSecondSuccess() {
    assertThat(told("++++")).isEqualTo(".+..");
    assertThat(told("----")).isEqualTo("----");
    assertThat(told("++--++++")).isEqualTo(".+--.+..");
  }

  @Test
  void flappingIsNoRecovery() {
    assertThat(told("++-+-+-+-")).isEqualTo(".+-.-.-.-");
  }

  @Test
  void anotherGenerationStartsAnew() {
    ProbeBook book = new ProbeBook();
    book.isNews(GW, true);
    assertThat(book.isNews(GW, true)).isTrue();
    Subject moved = new Subject("net", "gw1", 8);
    assertThat(book.isNews(moved, true)).isFalse();
    assertThat(book.isNews(moved, true)).isTrue();
    book.keep(Set.of(moved));
    assertThat(book.isNews(GW, true)).isFalse();
  }

  @Test
  void whatWasNotToldIsNewsAgain() {
    ProbeBook book = new ProbeBook();
    book.isNews(GW, true);
    book.isNews(GW, true);
    book.untold(GW);
    assertThat(book.isNews(GW, true)).isTrue();
  }

  @Test
  void targets() {
    assertThat(Target.parse("tcp://10.0.0.1:443"))
        .isEqualTo(new Target.Tcp(IpAddress.parse("10.0.0.1"), 443));
    assertThat(Target.parse("tcp://[2001:db8::1]:443"))
        .isEqualTo(new Target.Tcp(IpAddress.parse("2001:db8::1"), 443));
    assertThat(Target.parse("ping://10.0.0.1"))
        .isEqualTo(new Target.Ping(IpAddress.parse("10.0.0.1")));
    for (String wrong :
        new String[] {"", "10.0.0.1", "tcp://10.0.0.1", "ping://10.0.0.1:5", "tcp://host:443"}) {
      assertThatThrownBy(() -> Target.parse(wrong)).as(wrong).hasMessageContaining("allowed");
    }
  }
}
