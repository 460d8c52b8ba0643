package io.holdfast.cli.args;

/** How the lines of an export are written. */
public enum LineFormat {
  NDJSON("ndjson"),
  CSV("csv");

  private final String text;

  LineFormat(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
