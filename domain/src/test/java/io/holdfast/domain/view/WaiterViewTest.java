package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.state.WaitingLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaiterViewTest {
  private final World world = new World();

  private List<WaiterView> all() {
    WaiterView.Lines lines = new WaiterView.Lines(world.state());
    List<WaiterView> all = new ArrayList<>();
    world
        .state()
        .waiters()
        .scan(0L, Long.MAX_VALUE, (ticket, waiter) -> all.add(lines.of(ticket, waiter)));
    return all;
  }

  /** Who waits for two pools stands behind those who came before for either. */
  @Test
  void positions() {
    world.play(
        """
        define-pool x 10.9.0.1 cooldown=0s
        define-pool y 10.9.1.1 cooldown=0s
        allocate owner=a pool=x
        allocate owner=b pool=y
        allocate owner=c pool=x wait=1h
        allocate owner=d pool=y wait=1h
        allocate owner=e pool=x,y wait=1h
        allocate owner=f pool=y wait=1h
        """);
    assertThat(all()).extracting(WaiterView::position).containsExactly(1, 1, 3, 3);
    assertThat(all())
        .extracting(WaiterView::pools)
        .containsExactly(List.of("x"), List.of("y"), List.of("x", "y"), List.of("y"));
    for (WaiterView view : all()) {
      assertThat(view.position())
          .isEqualTo(WaitingLine.place(world.state(), view.ticket()).position());
    }
  }
}
