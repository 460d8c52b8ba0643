package io.holdfast.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** Something that answers commands on topics, as its user sees it. */
interface Load extends AutoCloseable {

  /** Produces a command with this id. */
  Future<?> send(String id);

  /** Ids of the committed answers that arrive within the time. */
  List<String> answers(Duration wait);

  /** Has something done while nobody works off commands. */
  void whileStopped(Runnable meanwhile);

  @Override
  void close();
}
