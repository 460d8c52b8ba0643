package io.holdfast.cli;

import io.holdfast.cli.audit.AuditVerb;
import io.holdfast.cli.audit.ProjectVerb;
import io.holdfast.cli.run.AgentVerb;
import io.holdfast.cli.run.BackendsVerb;
import io.holdfast.cli.run.BenchVerb;
import io.holdfast.cli.run.CheckerVerb;
import io.holdfast.cli.run.DemoVerb;
import io.holdfast.cli.run.ServeVerb;
import io.holdfast.cli.run.SimulateVerb;
import io.holdfast.cli.run.UpVerb;
import io.holdfast.cli.verbs.CompletionVerb;
import io.holdfast.cli.verbs.DnatVerbs;
import io.holdfast.cli.verbs.EipVerbs;
import io.holdfast.cli.verbs.EventsVerb;
import io.holdfast.cli.verbs.FipVerbs;
import io.holdfast.cli.verbs.GatewayVerbs;
import io.holdfast.cli.verbs.NetworkVerbs;
import io.holdfast.cli.verbs.NodeVerbs;
import io.holdfast.cli.verbs.OutcomeVerbs;
import io.holdfast.cli.verbs.PoolVerbs;
import io.holdfast.cli.verbs.QuotaVerbs;
import io.holdfast.cli.verbs.SnatVerbs;
import io.holdfast.cli.verbs.VersionVerb;
import io.holdfast.cli.verbs.WaitingVerbs;
import java.util.List;
import picocli.CommandLine.Command;

/** The verbs of the root command, in the order in which its help lists them. */
final class Verbs {
  static final List<Class<?>> ALL =
      List.of(
          UpVerb.class,
          ServeVerb.class,
          ProjectVerb.class,
          BackendsVerb.class,
          DemoVerb.class,
          BenchVerb.class,
          SimulateVerb.class,
          AgentVerb.class,
          CheckerVerb.class,
          NetworkVerbs.class,
          PoolVerbs.class,
          EipVerbs.class,
          WaitingVerbs.class,
          QuotaVerbs.class,
          FipVerbs.class,
          DnatVerbs.class,
          SnatVerbs.class,
          GatewayVerbs.class,
          NodeVerbs.class,
          OutcomeVerbs.class,
          EventsVerb.class,
          AuditVerb.class,
          CompletionVerb.class,
          VersionVerb.class);

  private Verbs() {}

  /**
   * Those that are among these words; all of them if none is, or if the words ask about the verbs
   * themselves. Describing a verb costs time at each start, and one is wanted at a time.
   */
  static List<Class<?>> named(List<String> words) {
    boolean aboutAll =
        words.isEmpty() || words.getFirst().startsWith("-h") || words.getFirst().startsWith("--h");
    List<Class<?>> named = ALL.stream().filter(v -> words.contains(name(v))).toList();
    return aboutAll || named.isEmpty() || named.contains(CompletionVerb.class) ? ALL : named;
  }

  static List<String> names() {
    return ALL.stream().map(Verbs::name).toList();
  }

  private static String name(Class<?> verb) {
    Command command = verb.getAnnotation(Command.class);
    return command == null ? "" : command.name();
  }
}
