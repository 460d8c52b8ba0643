package io.holdfast.projector.project;

import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.support.Ids;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;

/** A projector as a process of its own, to be killed. */
final class ProjectorProcess {
  private ProjectorProcess() {}

  /** Bootstrap servers, JDBC URL. */
  public static void main(String[] args) throws InterruptedException {
    try (Projector projector =
        Projector.start(
            Consumers.of(args[0]),
            new AuditDatabase(args[1]),
            Ids.codec(),
            new SimpleMeterRegistry())) {
      System.out.println(projector.progress());
      new CountDownLatch(1).await();
    }
  }
}
