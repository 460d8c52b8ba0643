package io.holdfast.cli.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What an agent does is said on standard error: its log is all that people see of it. */
final class AgentLog {
  private AgentLog() {}

  static void speak() {
    if (LoggerFactory.getLogger("io.holdfast.agent") instanceof Logger logger) {
      logger.setLevel(Level.INFO);
    }
  }
}
