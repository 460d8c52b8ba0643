/** The audit API over HTTP. */
@NullMarked
package io.holdfast.projector.http;

import org.jspecify.annotations.NullMarked;
