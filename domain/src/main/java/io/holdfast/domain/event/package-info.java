/**
 * What happened: one record per event, past tense. Facts that are replayed, never decided again.
 */
@NullMarked
package io.holdfast.domain.event;

import org.jspecify.annotations.NullMarked;
