/** The world that a seed gives: how many nodes, which gateways and pools, how much goes wrong. */
@NullMarked
package io.holdfast.simulator.setup;

import org.jspecify.annotations.NullMarked;
