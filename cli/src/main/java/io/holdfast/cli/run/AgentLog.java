package io.holdfast.cli.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

/** What an agent does is said on standard error: its log is all that people see of it. */
final class AgentLog {
  private AgentLog() {}

  /**
   * Speaks from now on.
   *
   * @param json a JSON object per line, for programs
   */
  static void speak(boolean json) {
    if (LoggerFactory.getLogger("io.holdfast.agent") instanceof Logger logger) {
      logger.setLevel(Level.INFO);
      if (json) {
        speakJson(logger.getLoggerContext());
      }
    }
  }

  private static void speakJson(LoggerContext context) {
    context
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
        .iteratorForAppenders()
        .forEachRemaining(appender -> {
          if (appender instanceof OutputStreamAppender<ILoggingEvent> out) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.setWithFormattedMessage(true);
            encoder.setWithMessage(false);
            encoder.setWithArguments(false);
            encoder.setWithContext(false);
            encoder.start();
            out.setEncoder(encoder);
          }
        });
  }
}
