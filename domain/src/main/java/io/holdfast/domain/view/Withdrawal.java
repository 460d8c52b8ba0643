package io.holdfast.domain.view;

import io.holdfast.domain.net.IpAddress;

/**
 * One exact removal, as it was programmed or seen; never computed again from a pool of today.
 *
 * @param prefixLength what is on the interface; 0 for a rule
 * @param tenure whose remains they are; 0 for a drift, which is nobody's
 * @param rule the rule's id; empty for the address itself
 */
public record Withdrawal(IpAddress ip, int prefixLength, long tenure, String rule, Reason reason) {

  /** Spelled as on the wire. */
  public enum Reason {
    /** The tenure is over. */
    Released,
    /** The EIP is wanted on no gateway, or on another. */
    Detached,
    /** The rule was removed. */
    RuleRemoved,
    /** The gateway runs elsewhere now, or as another instance. */
    Moved,
    /** Seen although nobody had asked for it. */
    Drift
  }
}
