/** Makes the next start fast: what the launcher runs once after each build. */
@NullMarked
package io.holdfast.cli.start;

import org.jspecify.annotations.NullMarked;
