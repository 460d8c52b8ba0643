package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Http;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Questions while commands are worked off, and commands over HTTP. */
public final class HttpBench implements Benchmark {
  private static final int LOAD = 500;

  private final Stage stage;

  public HttpBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "http";
  }

  @Override
  public String about() {
    return "queries, one after the other, while "
        + LOAD
        + " commands/s are worked off; allocate"
        + " over HTTP";
  }

  @Override
  public boolean isIn(Size size) {
    return size != Size.QUICK;
  }

  /** Something asked, which answers with a status. */
  @FunctionalInterface
  private interface Question {
    int ask(int number) throws IOException, InterruptedException;
  }

  /** How often it was answered, and how fast in microseconds. */
  private record Answered(double rate, Histogram latency) {
    double ms(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e3;
    }
  }

  @Override
  public void measure(Run run) throws IOException, InterruptedException, ExecutionException {
    Stack stack = stage.stack(false, run);
    Duration time = Duration.ofSeconds(run.size().of(2, 3, 20));
    String network = stack.network("http");
    try (Http http = new Http(stack.standalone().httpUrl());
        ExecutorService thread = Executors.newSingleThreadExecutor();
        PairLoad load = PairLoad.of(stack.standalone(), network, "10.0.0.0/24", 100)) {
      run.doing("queries while " + LOAD + " commands/s are worked off");
      // Longer than all the questions together: the load is there until the last one.
      Future<Histogram> beside = thread.submit(() -> Runs.steady(load, LOAD, time.multipliedBy(3)));
      String address = "/v1/networks/" + network + "/eips/10.0.0.50";
      var _ = ask(i -> http.get(address), time.dividedBy(2));
      Answered bare = ask(i -> http.get("/healthz"), time);
      Answered queries = ask(i -> http.get(address), time);
      var _ = beside.get();
      String limit = "GET /healthz, which asks no state";
      run.add(
          Figure.of("GET an address, one client", queries.rate(), "queries/s")
              .against(limit, bare.rate()));
      run.add(Figure.of("its latency, p50", queries.ms(50), "ms").against(limit, bare.ms(50)));
      run.add(Figure.of("its latency, p99", queries.ms(99), "ms").against(limit, bare.ms(99)));
    }
    allocate(stack, run, time);
  }

  private static void allocate(Stack stack, Run run, Duration time)
      throws IOException, InterruptedException {
    Histogram limit = stack.limitLatency(run);
    run.doing("allocations over HTTP");
    String network = stack.network("http");
    try (Http http = new Http(stack.standalone().httpUrl())) {
      var _ = http.definePool(network, "10.0.0.0/8");
      var _ = ask(i -> http.allocate(network, "warm-" + i, 1), time.dividedBy(2));
      Answered ours = ask(i -> http.allocate(network, "owner-" + i, 1), time);
      String what = Stack.LIMIT + ", 100 commands/s through the topics";
      run.add(
          Figure.of("POST AllocateEip, p50", ours.ms(50), "ms")
              .against(what, limit.getValueAtPercentile(50) / 1e3));
      run.add(
          Figure.of("POST AllocateEip, p99", ours.ms(99), "ms")
              .against(what, limit.getValueAtPercentile(99) / 1e3));
    }
  }

  private static Answered ask(Question question, Duration time)
      throws IOException, InterruptedException {
    Histogram latency = new Histogram(60_000_000L, 3);
    long began = System.nanoTime();
    int count = 0;
    long now = began;
    while (now - began < time.toNanos()) {
      int status = question.ask(count);
      if (status >= 300) {
        throw new IllegalStateException("a question was answered with " + status);
      }
      long after = System.nanoTime();
      latency.recordValue((after - now) / 1_000);
      now = after;
      count++;
    }
    return new Answered(count / ((now - began) / 1e9), latency);
  }
}
