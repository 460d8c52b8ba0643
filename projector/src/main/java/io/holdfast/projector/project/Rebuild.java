package io.holdfast.projector.project;

import java.util.Set;

/**
 * What is made anew from the log before anything else.
 *
 * @param all everything
 * @param networks these; the others stay as they are
 */
public record Rebuild(boolean all, Set<String> networks) {
  public static final Rebuild NOTHING = new Rebuild(false, Set.of());
  public static final Rebuild ALL = new Rebuild(true, Set.of());

  public Rebuild {
    networks = Set.copyOf(networks);
  }

  /** Single networks, for example those whose projection has stopped. */
  public static Rebuild of(Set<String> networks) {
    return new Rebuild(false, networks);
  }
}
