/**
 * What the state is made of: pools, addresses, rules, gateways, nodes. Immutable values, no
 * decisions.
 */
@NullMarked
package io.holdfast.domain.model;

import org.jspecify.annotations.NullMarked;
