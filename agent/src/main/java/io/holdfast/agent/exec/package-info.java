/** A driver that runs a user's program. Its exit code is never evidence; its list is. */
@NullMarked
package io.holdfast.agent.exec;

import org.jspecify.annotations.NullMarked;
