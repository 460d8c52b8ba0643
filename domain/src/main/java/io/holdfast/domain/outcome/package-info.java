/**
 * The answer to a command: accepted with what it gave, or rejected with a code and a reason for
 * people.
 */
@NullMarked
package io.holdfast.domain.outcome;

import org.jspecify.annotations.NullMarked;
