package io.holdfast.schemas.registry;

import java.util.List;

/**
 * The registry's answer to "may this be the next version?".
 *
 * @param compatible whether it would be accepted
 * @param messages the registry's own words when it would not; may be empty
 */
public record Compatibility(boolean compatible, List<String> messages) {
  public Compatibility {
    messages = List.copyOf(messages);
  }
}
