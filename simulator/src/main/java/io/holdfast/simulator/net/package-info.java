/** What travels between clients, agents and the service. */
@NullMarked
package io.holdfast.simulator.net;

import org.jspecify.annotations.NullMarked;
