/** What is derived from the state, shown on states that the domain itself made. */
@NullMarked
package io.holdfast.domain.view;

import org.jspecify.annotations.NullMarked;
