/**
 * What happened to real users, and what must happen here: scenarios.md, played against the domain.
 * The tests of allocator-stream play the same classes through the topology; docs/scenarios.md says
 * which test plays what.
 */
@NullMarked
package io.holdfast.domain.scenario;

import org.jspecify.annotations.NullMarked;
