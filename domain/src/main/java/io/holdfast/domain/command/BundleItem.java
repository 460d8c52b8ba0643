package io.holdfast.domain.command;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.RuleSpec;
import java.util.List;

/**
 * One request of a bundle with the rules that its address is to have.
 *
 * @param rules FIP, DNAT and SNAT rules; each goes to the granted address of its own family. Only
 *     where {@code request.count} is 1
 */
public record BundleItem(EipRequest request, List<RuleSpec> rules) {
  public BundleItem {
    rules = List.copyOf(rules);
  }
}
