package io.holdfast.projector.project;

import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Ids;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;

/** A projector as a process of its own, to be killed. */
final class ProjectorProcess {
  /** Said on standard output once it follows the log. */
  static final String FOLLOWING = "following";

  private ProjectorProcess() {}

  /** Bootstrap servers, JDBC URL. Begins when something comes on standard input. */
  public static void main(String[] args) throws Exception {
    if (System.in.read() < 0) {
      return; // whoever started it is gone
    }
    try (Projector projector =
        Projector.start(
            Consumers.of(args[0]),
            new AuditDatabase(args[1]),
            Ids.codec(),
            new SimpleMeterRegistry())) {
      Await.until("it follows", () -> projector.trouble().isEmpty());
      System.out.println(FOLLOWING);
      new CountDownLatch(1).await();
    }
  }
}
