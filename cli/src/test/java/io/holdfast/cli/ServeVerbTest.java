package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code holdfast serve} does not take, from its options and from the environment. */
@Timeout(60) // what is taken by mistake waits for its registry
class ServeVerbTest {
  /** Nobody listens there. */
  private static Shell shell() {
    return new Shell(URI.create("http://127.0.0.1:1"))
        .with("HOLDFAST_KAFKA", "127.0.0.1:1")
        .with("HOLDFAST_REGISTRY", "http://127.0.0.1:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          HOLDFAST_FLUSH       | 1         | HOLDFAST_FLUSH is '1'; allowed: true or false
          HOLDFAST_FLUSH       | TRUE      | HOLDFAST_FLUSH is 'TRUE'; allowed: true or false
          HOLDFAST_FLUSH       | yes       | HOLDFAST_FLUSH is 'yes'; allowed: true or false
          HOLDFAST_REPLICATION | 65539     | HOLDFAST_REPLICATION is '65539'; allowed: a number from 1 to 32767
          HOLDFAST_REPLICATION | 0         | HOLDFAST_REPLICATION is '0'; allowed: a number from 1 to 32767
          HOLDFAST_REPLICATION | three     | HOLDFAST_REPLICATION is 'three'; allowed: a number from 1 to 32767
          HOLDFAST_PORT        | 65536     | HOLDFAST_PORT is '65536'; allowed: a number from 0 to 65535
          HOLDFAST_HOST        | 0.0.0.0   | give --advertised HOST:PORT (or HOLDFAST_ADVERTISED)
          HOLDFAST_ADVERTISED  | [::]:8080 | is '[::]:8080', where no other allocator reaches this one
          """)
  void environment(String variable, String value, String said) {
    assertUsage(shell().with(variable, value).run("serve"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          --replication 65539    | --replication is '65539'; allowed: a number from 1 to 32767
          --replication -1       | --replication is '-1'; allowed: a number from 1 to 32767
          --threads 0            | --threads is '0'; allowed: a number from 1
          --commit-interval 0ms  | the commit interval is 0 ms; allowed: 1 ms to 5 s
          --commit-interval 6s   | the commit interval is 6000 ms; allowed: 1 ms to 5 s
          --host 0.0.0.0         | is '0.0.0.0:8080', where no other allocator reaches this one
          --host ::              | is ':::8080', where no other allocator reaches this one
          """)
  void options(String typed, String said) {
    assertUsage(shell().run(("serve " + typed).split(" +", -1)), said);
  }

  private static void assertUsage(Shell.Run run, String said) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(said).doesNotContain("\tat ");
  }
}
