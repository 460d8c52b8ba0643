package io.holdfast.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Plan;
import io.holdfast.simulator.plan.PlanText;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happened can be written down, read, played again, and cut. */
class PlanTest {
  private static final long WORLD = 815;

  private static Plan recorded(Life life, int length) {
    List<Action> actions = new ArrayList<>();
    life.trouble(length, actions::add);
    return new Plan(WORLD, false, actions);
  }

  @Test
  void aPlanPlayedAgainGivesTheSameState() {
    Life first = new Life(Setup.of(WORLD));
    Plan plan = recorded(first, 6_000);
    Life again = new Life(Setup.of(WORLD));
    assertThat(Simulation.play(PlanText.read(PlanText.write(plan)), again)).isNull();
    assertThat(again.world().service().head()).isEqualTo(first.world().service().head());
    assertThat(again.world().service().log()).isEqualTo(first.world().service().log());
  }

  @Test
  void aPlanWithPartsLeftOutStillHolds() {
    Plan plan = recorded(new Life(Setup.of(WORLD)), 6_000);
    List<Action> some = new ArrayList<>(plan.actions());
    some.removeIf(action -> action.id() % 3 == 0);
    assertThat(Simulation.play(new Plan(WORLD, true, some))).isNull();
  }

  @Test
  void aStoryIsAPlanWithRemarks() {
    Plan plan = recorded(new Life(Setup.of(WORLD)), 500);
    List<String> story = Story.tell(plan);
    assertThat(story).anyMatch(line -> line.contains("# => PoolDefined"));
    assertThat(PlanText.read(story)).isEqualTo(plan);
  }

  @Test
  void aLineThatIsNoneIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanText.read(List.of("world 1", "5 1 dance 0 0 0")))
        .withMessageStartingWith("line 2: 'dance'; allowed: one of [CLIENT");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanText.read(List.of("world 1", "5 1 client")))
        .withMessageStartingWith("line 2: '5 1 client'; allowed: time id kind");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanText.read(List.of("world 1", "5 9999999999 client 0 0 0")))
        .withMessage("line 2: '9999999999'; allowed: a whole number of 32 bits");
    assertThatIllegalArgumentException().isThrownBy(() -> PlanText.read(List.of("calm")));
  }
}
