/**
 * A simulated world around the real domain: clients, a network, agents and kernels that fail, under
 * a simulated clock. Knows the domain and nothing else; uses no clock, no threads and no randomness
 * but the seed's. See docs/simulation.md.
 */
@NullMarked
package io.holdfast.simulator;

import org.jspecify.annotations.NullMarked;
