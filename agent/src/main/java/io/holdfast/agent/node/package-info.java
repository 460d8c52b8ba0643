/**
 * A node at work: its lease, and for each gateway look, apply, look again, report. Knows drivers
 * only by their interface.
 */
@NullMarked
package io.holdfast.agent.node;

import org.jspecify.annotations.NullMarked;
