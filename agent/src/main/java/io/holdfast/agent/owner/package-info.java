/** Answers owner checks by asking a URL per owner. Not knowing is an answer of its own. */
@NullMarked
package io.holdfast.agent.owner;

import org.jspecify.annotations.NullMarked;
