/** Verbs that run a whole stack in this process: {@code up}, {@code demo}, {@code bench}. */
@NullMarked
package io.holdfast.cli.run;

import org.jspecify.annotations.NullMarked;
