/** What events leave behind, in corners that the scenarios do not visit. */
@NullMarked
package io.holdfast.domain.evolve;

import org.jspecify.annotations.NullMarked;
