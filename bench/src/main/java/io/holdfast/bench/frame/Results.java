package io.holdfast.bench.frame;

import java.util.List;

/**
 * What a whole run has found.
 *
 * @param parts in the order in which they were measured
 */
public record Results(List<Part> parts) {
  public Results {
    parts = List.copyOf(parts);
  }

  /**
   * What one benchmark found.
   *
   * @param failure why it could not be measured to its end; empty: it was
   */
  public record Part(String word, String about, List<Figure> figures, String failure) {
    public Part {
      figures = List.copyOf(figures);
    }
  }

  public List<Figure> figures() {
    return parts.stream().flatMap(part -> part.figures().stream()).toList();
  }

  /** Whether a target was missed. */
  public boolean missed() {
    return figures().stream().anyMatch(figure -> Boolean.FALSE.equals(figure.met()));
  }

  /** Whether something could not be measured. */
  public boolean failed() {
    return parts.stream().anyMatch(part -> !part.failure().isEmpty());
  }

  /**
   * Whether the run counts as a success.
   *
   * @param strict a missed target is a failure, too
   */
  public boolean succeeded(boolean strict) {
    return !failed() && !(strict && missed());
  }
}
