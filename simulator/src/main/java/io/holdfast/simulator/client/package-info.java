/** What users, checkers and probes do: one small class each. */
@NullMarked
package io.holdfast.simulator.client;

import org.jspecify.annotations.NullMarked;
