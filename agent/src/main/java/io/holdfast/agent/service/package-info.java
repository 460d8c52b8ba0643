/**
 * Talks to the service over HTTP: what is wanted, what to report, when the node was last heard of.
 * Decides nothing.
 */
@NullMarked
package io.holdfast.agent.service;

import org.jspecify.annotations.NullMarked;
