/**
 * The bytes of a record on a topic: Confluent's framing around Avro's binary encoding.
 *
 * <p>Pure functions over byte arrays; may use Avro, and touches no network, file or clock.
 */
@NullMarked
package io.holdfast.schemas.wire;

import org.jspecify.annotations.NullMarked;
