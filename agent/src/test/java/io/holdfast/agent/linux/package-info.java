/** The Linux driver against the kernel, in network namespaces that the tests make and remove. */
@NullMarked
package io.holdfast.agent.linux;

import org.jspecify.annotations.NullMarked;
