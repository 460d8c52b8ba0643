/**
 * What agents and checkers saw: one record per report. Facts, not wishes; they never name a new
 * state.
 */
@NullMarked
package io.holdfast.domain.report;

import org.jspecify.annotations.NullMarked;
