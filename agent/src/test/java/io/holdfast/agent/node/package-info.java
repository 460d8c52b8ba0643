/** Tests. */
@NullMarked
package io.holdfast.agent.node;

import org.jspecify.annotations.NullMarked;
