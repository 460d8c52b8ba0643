package io.holdfast.domain.model;

/** A rule that went with its EIP's tenure, kept until the address is free. */
public record FormerRule(RuleSpec spec) implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(spec);
  }
}
