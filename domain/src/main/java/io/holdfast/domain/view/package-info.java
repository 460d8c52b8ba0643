/**
 * What is derived from the state and never stored: readiness, conditions, counters, the desired
 * state of a gateway.
 */
@NullMarked
package io.holdfast.domain.view;

import org.jspecify.annotations.NullMarked;
