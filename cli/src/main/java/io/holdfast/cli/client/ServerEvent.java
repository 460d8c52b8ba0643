package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a stream.
 *
 * @param sequence its number in the network
 * @param type the record's name, for example {@code EipAllocated}
 * @param data its fields
 */
public record ServerEvent(long sequence, String type, JsonNode data) {}
