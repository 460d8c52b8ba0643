/**
 * What the agent asks of a thing that carries addresses and rules: look, apply, lease, clear. Knows
 * the domain's addresses and rules, nothing of the service.
 */
@NullMarked
package io.holdfast.agent.driver;

import org.jspecify.annotations.NullMarked;
