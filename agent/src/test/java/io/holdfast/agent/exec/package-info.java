/** Tests. */
@NullMarked
package io.holdfast.agent.exec;

import org.jspecify.annotations.NullMarked;
