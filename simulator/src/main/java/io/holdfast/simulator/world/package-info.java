/** All of it together: one action happens after the other. */
@NullMarked
package io.holdfast.simulator.world;

import org.jspecify.annotations.NullMarked;
