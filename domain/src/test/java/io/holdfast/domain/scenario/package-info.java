/**
 * What happened to real users, and what must happen here: scenarios.md, played against the domain.
 */
@NullMarked
package io.holdfast.domain.scenario;

import org.jspecify.annotations.NullMarked;
