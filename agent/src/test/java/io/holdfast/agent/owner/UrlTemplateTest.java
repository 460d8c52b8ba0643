package io.holdfast.agent.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.model.Owner;
import java.net.URI;
import org.junit.jupiter.api.Test;

class UrlTemplateTest {
  @Test
  void partsAreEscaped() {
    Owner owner = new Owner("acme", "Pod", "shop/1", "front 0?", "u#1");
    assertThat(new UrlTemplate("http://h/{tenant}/{kind}/{namespace}/{name}?uid={uid}").of(owner))
        .isEqualTo(URI.create("http://h/acme/Pod/shop%2F1/front%200%3F?uid=u%231"));
  }

  /** A URL that is the same for every owner would say ABSENT of all of them, or PRESENT. */
  @Test
  void wrong() {
    for (String wrong :
        new String[] {
          "http://h/all", "h/{name}", "ftp://h/{name}", "http://h/{nam}", "http:///{uid}"
        }) {
      assertThatThrownBy(() -> new UrlTemplate(wrong)).as(wrong).hasMessageContaining("allowed");
    }
  }
}
