package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PoolViewTest {
  private final World world = new World();

  private PoolView pool(String name) {
    return PoolView.of(
        world.state(), name, Objects.requireNonNull(world.state().pools().get(name)), world.time());
  }

  @Test
  void addsUp() {
    world.play(
        """
        allocate owner=a count=3 gateway=gw1
        observe gw1 all
        allocate owner=b
        release 10.0.0.1
        release 10.0.0.4
        """);
    PoolView pool = pool("p");
    assertThat(pool.size()).isEqualTo(BigInteger.valueOf(254));
    assertThat(pool.free()).isEqualTo(BigInteger.valueOf(250));
    assertThat(pool.use().allocated()).isEqualTo(2);
    assertThat(pool.use().releasing()).isEqualTo(1);
    assertThat(pool.use().coolingDown()).isEqualTo(1);
    assertThat(pool.nextFreeAt()).isEqualTo(world.now() + 300_000);
    world.play("tick +300s");
    assertThat(pool("p").nextFreeAt()).isZero();
  }

  @Test
  void aSlash64IsExact() {
    world.play("define-pool six 2001:db8::/64\nallocate owner=a pool=six family=v6");
    assertThat(pool("six").size())
        .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE)); // without the anycast address
    assertThat(pool("six").free()).isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.TWO));
  }
}
