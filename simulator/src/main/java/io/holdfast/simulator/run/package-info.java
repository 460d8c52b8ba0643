/** Makes runs from seeds, shrinks and replays those that fail. */
@NullMarked
package io.holdfast.simulator.run;

import org.jspecify.annotations.NullMarked;
