/**
 * Where the state is kept: small table interfaces, an in-memory implementation, an overlay for one
 * decision, the digest.
 */
@NullMarked
package io.holdfast.domain.state;

import org.jspecify.annotations.NullMarked;
