/** Tests. */
@NullMarked
package io.holdfast.agent.owner;

import org.jspecify.annotations.NullMarked;
