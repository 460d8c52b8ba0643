/** The verbs, a file for each noun: which request a verb is, and which table shows the answer. */
@NullMarked
package io.holdfast.cli.verbs;

import org.jspecify.annotations.NullMarked;
