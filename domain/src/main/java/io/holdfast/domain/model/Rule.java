package io.holdfast.domain.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is wanted, or not yet seen gone.
 *
 * @param tenure of the EIP it belongs to
 * @param wanted false: it is being removed
 * @param previous what replacements replaced; their internal sides stay taken until the new content
 *     was seen
 * @param carriage null while the EIP is on no gateway
 */
public record Rule(
    RuleSpec spec,
    long tenure,
    boolean wanted,
    long revision,
    List<RuleSpec> previous,
    @Nullable Carriage carriage)
    implements Fingerprint.Entry {

  public Rule {
    previous = List.copyOf(previous);
  }

  /** The same place with another content, or wanted again. */
  public Rule replaced(RuleSpec newSpec, long newRevision, @Nullable Carriage changed) {
    List<RuleSpec> before = new ArrayList<>(previous);
    if (spec.exclusive() != null && !before.contains(spec)) {
      before.add(spec);
    }
    return new Rule(newSpec, tenure, true, newRevision, before, changed);
  }

  public Rule with(@Nullable Carriage changed) {
    return new Rule(spec, tenure, wanted, revision, previous, changed);
  }

  public Rule unwanted(long newRevision, @Nullable Carriage withdrawing) {
    return new Rule(spec, tenure, false, newRevision, previous, withdrawing);
  }

  public Rule of(long newTenure) {
    return new Rule(spec, newTenure, wanted, revision, previous, carriage);
  }

  public Rule settled() {
    return new Rule(spec, tenure, wanted, revision, List.of(), carriage);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(spec).add(tenure).add(wanted).add(revision).addAll(previous).add(carriage);
  }
}
