package io.holdfast.projector.project;

/**
 * How far the projector is.
 *
 * @param done records read and written since the log's beginning
 * @param total records in the log
 * @param events written by this process
 */
public record Progress(long done, long total, long events) {
  /** Records still to come. */
  public long lag() {
    return Math.max(0, total - done);
  }
}
