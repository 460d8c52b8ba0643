/**
 * What users ask for: one record per command, imperative names. Data only; parsed, not yet judged.
 */
@NullMarked
package io.holdfast.domain.command;

import org.jspecify.annotations.NullMarked;
