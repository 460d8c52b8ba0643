/** Random and exhaustive play over tiny worlds, watched by the oracle. */
@NullMarked
package io.holdfast.domain.simulate;

import org.jspecify.annotations.NullMarked;
