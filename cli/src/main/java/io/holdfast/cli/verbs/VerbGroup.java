package io.holdfast.cli.verbs;

import io.holdfast.cli.session.Session;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the verbs of one noun share. */
abstract class VerbGroup {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any verb runs
  private CommandSpec spec;

  final CommandSpec spec() {
    return spec;
  }

  final Session session() {
    return Session.of(spec);
  }

  final int send(String command, Fields fields) {
    return session().command(command, fields.json());
  }
}
