package io.holdfast.domain.command;

/**
 * What a resize does when addresses in use would fall outside. UNKNOWN: an older reader, a newer
 * symbol.
 */
public enum ResizeMode {
  UNKNOWN,
  /** Refuse the resize. */
  REJECT,
  /** Keep their tenures; they are not handed out again once they end. */
  RETAIN,
  /** As RETAIN, and the tenures that fall outside end after a while. */
  DRAIN
}
