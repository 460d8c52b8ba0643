/** What happens in a run, as data: actions that can be recorded, left out, and played again. */
@NullMarked
package io.holdfast.simulator.plan;

import org.jspecify.annotations.NullMarked;
