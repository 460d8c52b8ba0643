package io.holdfast.domain.script;

import io.holdfast.domain.decide.Settings;
import java.util.ServiceLoader;

/**
 * Opens the network that a script is played on. A module that has another one than the domain alone
 * names its factory as a service: the same scripts are then played there.
 */
@FunctionalInterface
public interface LedgerFactory {

  /** A new network, without any event. */
  Ledger open(Settings settings);

  /** How many of so many random orders are played. */
  default int orders(int wanted) {
    return wanted;
  }

  /** The factory of the module whose tests are run. */
  static LedgerFactory ofThisModule() {
    return ServiceLoader.load(LedgerFactory.class).findFirst().orElse(MemoryLedger::new);
  }
}
