package io.holdfast.bench.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A benchmark that is running: how much it is to measure, and what it has found. */
public final class Run {
  private final Size size;
  private final Consumer<String> progress;
  private final List<Figure> figures = new ArrayList<>();

  public Run(Size size, Consumer<String> progress) {
    this.size = size;
    this.progress = progress;
  }

  public Size size() {
    return size;
  }

  /** Says to who waits what is done now. */
  public void doing(String what) {
    progress.accept(what);
  }

  /** A figure is said at once, too: who breaks a run off has what was measured until then. */
  public void add(Figure figure) {
    figures.add(figure);
    doing(figure.name() + ": " + ResultsText.number(figure.value()) + " " + figure.unit());
  }

  public List<Figure> figures() {
    return List.copyOf(figures);
  }
}
