package io.holdfast.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerTest {

  /** Part after part, each only where those before it are equal. */
  @Test
  void order() {
    List<Owner> ascending =
        List.of(
            new Owner("a", "z", "z", "z", "z"),
            new Owner("b", "a", "z", "z", "z"),
            new Owner("b", "b", "a", "z", "z"),
            new Owner("b", "b", "b", "a", "z"),
            new Owner("b", "b", "b", "b", "a"),
            new Owner("b", "b", "b", "b", "b"));
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(Integer.signum(ascending.get(i).compareTo(ascending.get(j))))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void partsThatAreEmptyAreNotShown() {
    assertThat(new Owner("t", "Pod", "ns", "web", "u1")).hasToString("t/Pod/ns/web (u1)");
    assertThat(new Owner("t", "Pod", "ns", "web", "")).hasToString("t/Pod/ns/web");
    assertThat(new Owner("t", "Node", "", "n1", "")).hasToString("t/Node/n1");
  }
}
