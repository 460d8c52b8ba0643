/**
 * A client of the HTTP API (docs/http-api.md): commands, reports, queries, desired state, events.
 * Prints nothing and ends no process, so that other programs of ours can use it too.
 */
@NullMarked
package io.holdfast.cli.client;

import org.jspecify.annotations.NullMarked;
