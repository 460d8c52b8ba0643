package io.holdfast.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstanceNameTest {
  private static final String BOOT = "6f0f2f5a-8f1a-4a0e-9d2b-0a1b2c3d4e5f";

  @Test
  void itSaysWhenItBegan() {
    String name = InstanceName.of(BOOT, 812_345);
    assertThat(InstanceName.uptime(name)).isEqualTo(812_345);
    assertThat(InstanceName.isOf(BOOT, name)).isTrue();
    assertThat(InstanceName.isOf(BOOT.substring(1), name)).isFalse();
    assertThat(name).isNotEqualTo(InstanceName.of(BOOT, 812_345));
  }

  /** Marks that other versions left, or other programs. */
  @Test
  void namesThatDoNotSay() {
    assertThat(InstanceName.uptime(BOOT + ".1a2b3c4d")).isZero();
    assertThat(InstanceName.uptime(BOOT + ".then.1a2b3c4d")).isZero();
    assertThat(InstanceName.uptime("")).isZero();
  }
}
