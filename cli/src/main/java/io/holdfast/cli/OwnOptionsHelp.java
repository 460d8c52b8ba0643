package io.holdfast.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Help of a verb without the ten options that all verbs share: the root command explains those. */
final class OwnOptionsHelp extends Help {
  OwnOptionsHelp(CommandSpec command, ColorScheme colours) {
    super(command, colours);
    command.usageMessage().synopsisSubcommandLabel("VERB");
  }

  @Override
  public String synopsis(int headingLength) {
    return abbreviatedSynopsis();
  }

  @Override
  public Layout createDefaultLayout() {
    return createDefaultLayout(own(), commandSpec().positionalParameters(), colorScheme());
  }

  @Override
  public String optionList() {
    List<OptionSpec> own = own();
    String list =
        own.isEmpty()
            ? ""
            : optionListExcludingGroups(own, createDefaultLayout(), null, parameterLabelRenderer());
    return commandSpec().parent() == null
        ? list
        : list
            + "%nOptions of all verbs (-n, -o json, --dry-run ...): holdfast --help%n".formatted();
  }

  private List<OptionSpec> own() {
    List<OptionSpec> own = new ArrayList<>();
    for (OptionSpec o : commandSpec().options()) {
      if (!o.inherited() && !o.hidden()) {
        own.add(o);
      }
    }
    return own;
  }
}
