package io.holdfast.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How results look to people and to programs. */
class ResultsTest {
  private static final Figure MISSED =
      Figure.of("allocate", 305.4, "commands/s")
          .against("the limit", 1_000)
          .aiming(Target.ratioAtLeast(0.5));
  private static final Results RESULTS =
      new Results(
          List.of(
              new Results.Part(
                  "backlog", "what waits", List.of(MISSED, Figure.of("bare", 2.25, "ms")), ""),
              new Results.Part("start", "starts", List.of(), "it did not start")));

  @Test
  void programsGetEveryFigureWithItsLimitAndTarget() {
    JsonNode json = ResultsJson.of(RESULTS);

    JsonNode first = json.path("figures").path(0);
    assertThat(first.path("benchmark").asText()).isEqualTo("backlog");
    assertThat(first.path("name").asText()).isEqualTo("allocate");
    assertThat(first.path("value").asDouble()).isEqualTo(305.4);
    assertThat(first.path("unit").asText()).isEqualTo("commands/s");
    assertThat(first.path("limit").asDouble()).isEqualTo(1_000);
    assertThat(first.path("ratio").asDouble()).isEqualTo(0.3054);
    assertThat(first.path("target").asDouble()).isEqualTo(0.5);
    assertThat(first.path("targetOf").asText()).isEqualTo("ratio");
    assertThat(first.path("targetIs").asText()).isEqualTo("atLeast");
    assertThat(first.path("met").asBoolean(true)).isFalse();
    assertThat(json.path("machine").path("processors").asInt()).isPositive();
  }

  @Test
  void whatAFigureDoesNotHaveIsNull() {
    JsonNode second = ResultsJson.of(RESULTS).path("figures").path(1);

    for (String field : List.of("limit", "ratio", "target", "met")) {
      assertThat(second.has(field)).as(field).isTrue();
      assertThat(second.path(field).isNull()).as(field).isTrue();
    }
  }

  @Test
  void programsLearnWhatCouldNotBeMeasured() {
    JsonNode failed = ResultsJson.of(RESULTS).path("failed");

    assertThat(failed).hasSize(1);
    assertThat(failed.path(0).path("benchmark").asText()).isEqualTo("start");
    assertThat(failed.path(0).path("reason").asText()).isEqualTo("it did not start");
    assertThat(RESULTS.failed()).isTrue();
    assertThat(RESULTS.missed()).isTrue();
  }

  @Test
  void aMissedTargetFailsAStrictRunAloneAndWhatWasNotMeasuredFailsEveryRun() {
    Results missed =
        new Results(List.of(new Results.Part("backlog", "what waits", List.of(MISSED), "")));
    Results fine = new Results(List.of());

    assertThat(missed.succeeded(false)).isTrue();
    assertThat(missed.succeeded(true)).isFalse();
    assertThat(RESULTS.succeeded(false)).isFalse();
    assertThat(fine.succeeded(true)).isTrue();
  }

  @Test
  void peopleGetATable() {
    assertThat(ResultsText.of(RESULTS))
        .isEqualTo(
            """
            backlog: what waits
                        measured              limit  ratio  target
              allocate       305  commands/s  1,000   0.31  ratio at least 0.50  MISSED
              bare          2.25  ms
              limit: the limit

            start: starts
              NOT MEASURED: it did not start

            0 of 1 targets met
              missed  backlog: allocate
            """);
  }
}
