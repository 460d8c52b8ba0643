package io.holdfast.systemtests;

import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The process that {@link Service} starts. */
public final class Victim {
  static final String READY = "READY";

  private Victim() {}

  public static void main(String[] args) throws InterruptedException {
    Standalone standalone =
        Standalone.start(
            StandaloneOptions.in(Path.of(args[0])).withFsync(Boolean.parseBoolean(args[1])),
            line -> {});
    Runtime.getRuntime().addShutdownHook(new Thread(standalone::close));
    System.out.println(
        READY + " " + standalone.bootstrapServers() + " " + standalone.registryUrl());
    new CountDownLatch(1).await();
  }
}
