package io.holdfast.agent.linux;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For tests in real network namespaces. Without root or a tool they are skipped, or fail if {@code
 * HOLDFAST_REQUIRE_ROOT_TESTS=1} says that they must run.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsRoot.Condition.class)
public @interface NeedsRoot {

  /** Looks for root and the tools. */
  final class Condition implements ExecutionCondition {
    private static final List<String> TOOLS =
        List.of("ip", "nft", "nsenter", "arping", "conntrack", "kill");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String missing = missing();
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("root, with all tools");
      }
      if ("1".equals(System.getenv("HOLDFAST_REQUIRE_ROOT_TESTS"))) {
        throw new IllegalStateException(
            "HOLDFAST_REQUIRE_ROOT_TESTS=1, but there is no " + missing);
      }
      return ConditionEvaluationResult.disabled("needs " + missing);
    }

    private static String missing() {
      if (!"root".equals(System.getProperty("user.name"))) {
        return "root";
      }
      List<String> folders = List.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1));
      return String.join(
          ", ",
          TOOLS.stream()
              .filter(t -> folders.stream().noneMatch(f -> new File(f, t).canExecute()))
              .toList());
    }
  }
}
