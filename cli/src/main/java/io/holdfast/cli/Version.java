package io.holdfast.cli;

import io.holdfast.cli.verbs.VersionVerb;
import picocli.CommandLine.IVersionProvider;

/** For {@code --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {VersionVerb.line()};
  }
}
