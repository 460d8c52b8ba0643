package io.holdfast.bench.frame;

/** How much is measured. */
public enum Size {
  /** Less than a minute: few figures, short runs. */
  QUICK,
  /** About two minutes. */
  NORMAL,
  /** Also what takes minutes each: 1,000,000 EIPs. */
  LARGE;

  /** One of three, by size. */
  public int of(int quick, int normal, int large) {
    return switch (this) {
      case QUICK -> quick;
      case NORMAL -> normal;
      case LARGE -> large;
    };
  }
}
