package io.holdfast.domain.state;

/** The value of an index entry: the key says everything. */
public enum Mark {
  SET
}
