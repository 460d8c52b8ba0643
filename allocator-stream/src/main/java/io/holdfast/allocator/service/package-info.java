/**
 * The running allocator: topics checked, streams started, answers tracked from the committed log,
 * and what the HTTP layer may ask of it.
 */
@NullMarked
package io.holdfast.allocator.service;

import org.jspecify.annotations.NullMarked;
