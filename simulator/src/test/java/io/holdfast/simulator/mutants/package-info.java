/** Faults that are planted into the domain, one at a time: the simulation must find each. */
@NullMarked
package io.holdfast.simulator.mutants;

import org.jspecify.annotations.NullMarked;
