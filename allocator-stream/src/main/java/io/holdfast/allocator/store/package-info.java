/**
 * The state tables kept in Kafka Streams' key-value stores: key order, value codecs, one store for
 * related tables. Knows no topology.
 */
@NullMarked
package io.holdfast.allocator.store;

import org.jspecify.annotations.NullMarked;
