/**
 * One run of the command: its settings, its terminal, and the three things a verb does with them
 * (send a command, show an answer, list many).
 */
@NullMarked
package io.holdfast.cli.session;

import org.jspecify.annotations.NullMarked;
