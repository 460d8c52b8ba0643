package io.holdfast.bench.frame;

/** How much is measured. */
public enum Size {
  /** About a minute: few figures, short runs. */
  QUICK,
  /** About two minutes. */
  NORMAL,
  /** All there is, 1,000,000 EIPs: what takes minutes each. */
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
