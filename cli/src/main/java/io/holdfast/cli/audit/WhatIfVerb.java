package io.holdfast.cli.audit;

import io.holdfast.cli.args.Durations;
import io.holdfast.cli.out.ProgressBar;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.projector.log.TopicRetention;
import io.holdfast.projector.whatif.Change;
import io.holdfast.projector.whatif.WhatIf;
import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast audit what-if}. */
@Command(
    name = "what-if",
    description = {
      "Asks the recorded AllocateEip and AllocateBundle commands again under another"
          + " configuration: who would have been refused or had to wait, and how long, when a pool"
          + " would have been exhausted, after how long addresses would have been used again.",
      "Reaches back as far as the topic of commands does."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast audit what-if --cooldown 24h",
      "  holdfast audit what-if --cooldown public=1h --cooldown lab=0s --from 2026-11-21T14:00:00Z",
      "  holdfast audit what-if --policy public=first-free --quota acme=20"
    })
final class WhatIfVerb implements Callable<Integer> {
  @Option(
      names = "--cooldown",
      paramLabel = "[POOL=]DURATION",
      description = "Cool-down of all pools, or of one; at most 30d. Repeatable.")
  private List<String> cooldowns = List.of();

  @Option(
      names = "--policy",
      paramLabel = "[POOL=]POLICY",
      description =
          "Policy of all pools, or of one: least-recently-used, first-free, random, sticky,"
              + " best-fit. Repeatable.")
  private List<String> policies = List.of();

  @Option(
      names = "--quota",
      paramLabel = "TENANT=LIMIT|none",
      description = "Limit of the addresses of a tenant that the log knows. Repeatable.")
  private List<String> quotas = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Nothing that was asked before; ISO 8601 with a zone.")
  private @Nullable String from;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Name at most so many answers that would differ (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private LogArgs log = new LogArgs();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Session session = Session.of(spec);
    Change change = change();
    Instant since = from();
    ProgressBar bar =
        new ProgressBar(session.terminal().err(), session.terminal().interactive(), "what-if");
    WhatIf.Report report;
    try (RegistryClient registry = log.registry(session)) {
      report =
          new WhatIf(log.log(session, registry), LogArgs.codec(registry))
              .run(session.network(), change, since, limit, bar::at);
    }
    bar.end();
    Optional<Duration> kept = TopicRetention.of(log.consumers(session), Contract.COMMANDS);
    session.show(
        WhatIfViews.document(report, change, kept),
        d -> WhatIfViews.text(d, session.terminal().colour()));
    return ExitCode.DONE;
  }

  private Change change() {
    if (cooldowns.isEmpty() && policies.isEmpty() && quotas.isEmpty()) {
      throw wrong(
          "what if what? what can be changed: --cooldown [POOL=]DURATION, --policy [POOL=]POLICY,"
              + " --quota TENANT=LIMIT|none");
    }
    return new Change(
        ofPools("--cooldown", "[POOL=]DURATION", cooldowns, this::millis),
        ofPools("--policy", "[POOL=]POLICY", policies, this::policy),
        quotas());
  }

  private <T> Change.OfPools<T> ofPools(
      String option, String form, List<String> texts, Function<String, T> reader) {
    T all = null;
    Map<String, T> byPool = new TreeMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      T value = reader.apply(text.substring(equals + 1));
      if (equals == 0) {
        throw wrong(option + ": '" + text + "' names no pool; allowed: " + form);
      }
      T before = equals < 0 ? all : byPool.put(text.substring(0, equals), value);
      if (before != null) {
        String whose = equals < 0 ? "all pools" : "pool " + text.substring(0, equals);
        throw wrong(option + ": there are two for " + whose + "; allowed: one");
      }
      all = equals < 0 ? value : all;
    }
    return new Change.OfPools<>(all, byPool);
  }

  private long millis(String text) {
    long millis;
    try {
      millis = new Durations().convert(text).toMillis();
    } catch (picocli.CommandLine.TypeConversionException e) {
      throw wrong("--cooldown: " + e.getMessage());
    }
    if (millis > Change.MAX_COOLDOWN_MS) {
      throw wrong("--cooldown: '" + text + "' is more than a pool takes: 30d");
    }
    return millis;
  }

  private PoolPolicy policy(String text) {
    for (PoolPolicy policy : PoolPolicy.values()) {
      if (policy != PoolPolicy.UNKNOWN && WhatIfViews.name(policy).equals(text)) {
        return policy;
      }
    }
    throw wrong(
        "--policy: '"
            + text
            + "' is no policy; allowed: least-recently-used, first-free, random, sticky, best-fit");
  }

  private Map<String, Optional<Long>> quotas() {
    Map<String, Optional<Long>> limits = new TreeMap<>();
    for (String text : quotas) {
      int equals = text.lastIndexOf('=');
      String limit = text.substring(equals + 1);
      boolean isNone = limit.equals("none");
      if (equals <= 0 || !(isNone || limit.matches("\\d{1,12}"))) {
        throw wrong("--quota: '" + text + "'; allowed: TENANT=LIMIT, LIMIT a number or 'none'");
      }
      String tenant = text.substring(0, equals);
      if (limits.put(tenant, isNone ? Optional.empty() : Optional.of(Long.parseLong(limit)))
          != null) {
        throw wrong("--quota: there are two for tenant " + tenant + "; allowed: one");
      }
    }
    return limits;
  }

  private @Nullable Instant from() {
    try {
      return from == null ? null : OffsetDateTime.parse(from).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong(
          "--from: '" + from + "' is no time with a zone, for example 2026-11-21T14:00:00Z");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
