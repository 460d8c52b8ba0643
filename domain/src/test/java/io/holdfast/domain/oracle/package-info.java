/**
 * What must hold, written from the rules in domain.md and not from the code: it reads the commands,
 * reports and events of a network and complains. It shares no logic with the domain.
 */
@NullMarked
package io.holdfast.domain.oracle;

import org.jspecify.annotations.NullMarked;
