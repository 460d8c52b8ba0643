package io.holdfast.cli.out;

/** An owner in one word, as {@code --owner} takes it. */
final class Owners {
  private Owners() {}

  static String of(Doc owner) {
    if (owner.text("tenant").isEmpty()) {
      return "";
    }
    return owner.text("tenant")
        + "/"
        + owner.text("kind")
        + "/"
        + (owner.text("namespace").isEmpty() ? "" : owner.text("namespace") + "/")
        + owner.text("name")
        + (owner.text("uid").isEmpty() ? "" : "#" + owner.text("uid"));
  }
}
