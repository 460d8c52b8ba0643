/** Real agents (processes) against the real service, on gateways that are folders of files. */
@NullMarked
package io.holdfast.agent.e2e;

import org.jspecify.annotations.NullMarked;
