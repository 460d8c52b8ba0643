/**
 * Machines, their agents and their kernels: the ground truth, which the domain knows from reports
 * only.
 */
@NullMarked
package io.holdfast.simulator.node;

import org.jspecify.annotations.NullMarked;
