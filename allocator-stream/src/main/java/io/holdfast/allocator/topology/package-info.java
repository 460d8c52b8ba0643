/**
 * The topology around the domain: reading, deciding, the event log with its chain, timers, recovery
 * from the log.
 */
@NullMarked
package io.holdfast.allocator.topology;

import org.jspecify.annotations.NullMarked;
