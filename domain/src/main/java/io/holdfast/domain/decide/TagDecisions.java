package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.outcome.Refusal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** TagEip. */
final class TagDecisions {
  private TagDecisions() {}

  static Verdict tag(Draft draft, Command.TagEip c) {
    Refusal refusal =
        Check.first(
            RequestChecks.labels("set", c.set()),
            checkNames(c),
            AttachDecisions.checkHeldBy(draft.state(), c.ip(), c.tenure(), c.owner()));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), c.ip());
    Map<String, String> tags = new TreeMap<>(tenancy.terms().tags());
    c.remove().forEach(tags::remove);
    tags.putAll(c.set());
    if (tags.equals(tenancy.terms().tags())) {
      return Verdict.DONE;
    }
    Refusal tooMany = RequestChecks.labels("tags", tags);
    if (tooMany != null) {
      return Verdict.refused(tooMany);
    }
    draft.emit(new Event.EipTagged(c.ip(), tenancy.tenure(), tags));
    return Verdict.DONE;
  }

  private static @Nullable Refusal checkNames(Command.TagEip c) {
    for (String name : c.remove()) {
      Refusal refusal =
          c.set().containsKey(name)
              ? Refusal.invalid("remove", name, "a name that is not in set, too")
              : Check.name("remove", name);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
