/** What people may write for a value on the command line, and what it means. */
@NullMarked
package io.holdfast.cli.args;

import org.jspecify.annotations.NullMarked;
