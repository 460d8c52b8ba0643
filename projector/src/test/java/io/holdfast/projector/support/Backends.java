package io.holdfast.projector.support;

/** A broker and a database for tests. */
public interface Backends extends AutoCloseable {
  String bootstrapServers();

  /** The same as long as this is open. */
  String jdbcUrl();

  /** The database goes away for as long as something is done; its data stay. */
  void withoutDatabase(Runnable meanwhile);

  @Override
  void close();
}
