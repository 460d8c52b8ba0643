package io.holdfast.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** Something that answers commands on topics, as its user sees it. */
public interface Load extends AutoCloseable {

  /**
   * A command, ready to be produced.
   *
   * @param id of its answer, too
   */
  record Sendable(String id, byte[] key, byte[] value) {}

  /**
   * An answer that was committed.
   *
   * @param id of its command
   */
  record Answer(String id, boolean isRefusal, int bytes) {}

  /** The next commands, to be sent in this order, all of them. */
  List<Sendable> prepare(int count);

  Future<?> send(Sendable command);

  /** Answers that arrive within the time. */
  List<Answer> answers(Duration wait);

  /** Has something done while nobody works off commands. */
  void whileStopped(Runnable meanwhile);

  @Override
  void close();
}
