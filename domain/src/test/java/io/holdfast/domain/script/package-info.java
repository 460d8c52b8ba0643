/**
 * A network that is driven by text: one command, report, agent's step or tick a line, the expected
 * result at its end. Scenarios are written in it, and a failing simulation prints one.
 */
@NullMarked
package io.holdfast.domain.script;

import org.jspecify.annotations.NullMarked;
