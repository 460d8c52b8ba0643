/**
 * The verbs of the audit: questions to the audit API, replay and proof straight from the log, and
 * the projector as a process of its own.
 */
@NullMarked
package io.holdfast.cli.audit;

import org.jspecify.annotations.NullMarked;
