/**
 * Probes: do the gateways and their targets answer? Reports only; what follows is decided by the
 * service.
 */
@NullMarked
package io.holdfast.agent.probe;

import org.jspecify.annotations.NullMarked;
