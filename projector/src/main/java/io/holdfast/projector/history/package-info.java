/**
 * What an event means for the audit's tables: rows that begin, end, and are gone. Pure; knows no
 * database.
 */
@NullMarked
package io.holdfast.projector.history;

import org.jspecify.annotations.NullMarked;
