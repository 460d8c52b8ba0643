/**
 * A small client for any schema registry that speaks Confluent's REST API.
 *
 * <p>May open HTTP connections to the registry it was given and read its trust store; knows nothing
 * of Kafka or of our own schemas.
 */
@NullMarked
package io.holdfast.schemas.registry;

import org.jspecify.annotations.NullMarked;
