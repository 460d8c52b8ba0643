package io.holdfast.domain.view;

import java.util.List;

/**
 * Something in sentences, for the engineer on call.
 *
 * @param state what it is, since when and by which event
 * @param why what is wrong with it, or that nothing is
 * @param unblock what would change that
 */
public record Sentences(List<String> state, List<String> why, List<String> unblock) {
  public Sentences {
    state = List.copyOf(state);
    why = List.copyOf(why);
    unblock = List.copyOf(unblock);
  }
}
