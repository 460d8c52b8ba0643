/**
 * What is to be done so that a gateway becomes what is wanted: a pure function of what is wanted
 * and what is there. Knows neither the service nor a kernel.
 */
@NullMarked
package io.holdfast.agent.plan;

import org.jspecify.annotations.NullMarked;
