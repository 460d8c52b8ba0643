package io.holdfast.demo;

/** A group of scenarios, played on a network of its own. */
interface Story {
  /** One letter, as in the scenario names. */
  String group();

  String title();

  void play(Stage stage);
}
