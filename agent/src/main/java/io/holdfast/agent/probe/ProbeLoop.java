package io.holdfast.agent.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.agent.probe.ProbeBook.Subject;
import io.holdfast.agent.probe.Prober.Result;
import io.holdfast.agent.service.ServiceClient;
import io.holdfast.agent.service.ServiceException;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.view.DesiredState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes gateways and their targets in rounds, and reports what is news. */
public final class ProbeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeLoop.class);
  private static final Duration REPORT = Duration.ofSeconds(5);

  private final ServiceClient service;
  private final Supplier<List<Probed>> probed;
  private final ProbeOptions options;
  private final Prober prober;
  private final ProbeBook book = new ProbeBook();
  private final ExecutorService threads;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Starts it.
   *
   * @param probed what there is to be probed now
   */
  public ProbeLoop(ServiceClient service, Supplier<List<Probed>> probed, ProbeOptions options) {
    this.service = service;
    this.probed = probed;
    this.options = options;
    this.prober = new Prober(options.limit());
    this.threads =
        Executors.newFixedThreadPool(
            options.parallel(), Thread.ofPlatform().daemon().name("probe-", 0).factory());
    this.thread = Thread.ofVirtual().name("probes").start(this::run);
  }

  private void run() {
    try {
      while (!stopping) {
        long began = System.nanoTime();
        round();
        Thread.sleep(
            Math.max(1, options.every().toMillis() - (System.nanoTime() - began) / 1_000_000));
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    }
  }

  private record Probe(Subject subject, boolean isGateway, Probed of, List<Target> targets) {}

  private void round() throws InterruptedException {
    List<Probe> probes = new ArrayList<>();
    for (Probed one : probed.get()) {
      gateway(one, probes);
      if (options.targets()) {
        addresses(one, probes);
      }
    }
    Set<Subject> subjects = new HashSet<>();
    probes.forEach(p -> subjects.add(p.subject()));
    book.keep(subjects);
    List<Future<Result>> results = new ArrayList<>();
    probes.forEach(p -> results.add(threads.submit(() -> probe(p))));
    for (int i = 0; i < probes.size(); i++) {
      try {
        tell(probes.get(i), results.get(i).get());
      } catch (ExecutionException e) {
        // Not being able to probe says nothing about what was to be probed.
        LOG.warn("probe of {}: {}", probes.get(i).subject(), String.valueOf(e.getCause()));
      }
    }
  }

  private void gateway(Probed one, List<Probe> probes) {
    DesiredState desired = one.desired();
    List<Target> targets = options.gateways().get(desired.gateway());
    if (targets != null) {
      Subject subject = new Subject(one.network(), desired.gateway(), desired.epoch());
      probes.add(new Probe(subject, true, one, targets));
    }
  }

  private static void addresses(Probed one, List<Probe> probes) {
    Map<Subject, List<Target>> byAddress = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    for (DesiredState.DesiredRule rule : one.desired().rules()) {
      Target target =
          switch (rule.spec()) {
            case RuleSpec.Fip fip -> new Target.Ping(fip.internalIp());
            case RuleSpec.Dnat dnat when dnat.protocol() == Protocol.TCP ->
                new Target.Tcp(dnat.internalIp(), dnat.internalPort());
            case RuleSpec.Dnat dnat -> null;
            case RuleSpec.Snat snat -> null;
          };
      if (target != null) {
        Subject subject = new Subject(one.network(), rule.ip().toString(), rule.tenure());
        byAddress.computeIfAbsent(subject, s -> new ArrayList<>()).add(target);
      }
    }
    byAddress.forEach((subject, targets) -> probes.add(new Probe(subject, false, one, targets)));
  }

  /** Well if all targets answer; what does not is told. */
  private Result probe(Probe probe) throws Exception {
    return probe
        .of()
        .driver()
        .inside(() -> {
          Result last = new Result(true, "");
          for (Target target : probe.targets()) {
            last = prober.probe(target);
            if (!last.ok()) {
              break;
            }
          }
          return last;
        });
  }

  private void tell(Probe probe, Result result) throws InterruptedException {
    if (!book.isNews(probe.subject(), result.ok())) {
      return;
    }
    Subject subject = probe.subject();
    ObjectNode fields =
        ServiceClient.object()
            .put(probe.isGateway() ? "gateway" : "ip", subject.name())
            .put("generation", subject.generation())
            .put("ok", result.ok())
            .put("detail", result.detail());
    try {
      service.report(subject.network(), "ProbeResult", fields, REPORT);
    } catch (ServiceException e) {
      LOG.info("probe of {}: {}", subject.name(), e.getMessage());
      book.untold(subject);
    }
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    threads.shutdownNow();
  }
}
