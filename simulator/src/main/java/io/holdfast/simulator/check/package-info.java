/**
 * What must hold after every event, judged from events, evidence and kernels, not by the domain's
 * own code.
 */
@NullMarked
package io.holdfast.simulator.check;

import org.jspecify.annotations.NullMarked;
