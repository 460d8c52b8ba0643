package io.holdfast.projector.whatif;

import java.util.ArrayList;
import java.util.List;

/** What could not have been as it was, for people. */
final class Notes {
  /** A person reads them. */
  private static final int MOST = 100;

  private final List<String> first = new ArrayList<>();
  private long more;

  void add(String text) {
    if (first.size() < MOST) {
      first.add(text);
    } else {
      more++;
    }
  }

  List<String> all() {
    List<String> all = new ArrayList<>(first);
    if (more > 0) {
      all.add("and " + more + " more like these");
    }
    return List.copyOf(all);
  }
}
