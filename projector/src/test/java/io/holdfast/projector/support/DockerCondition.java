package io.holdfast.projector.support;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Skips, and says why, where no container can be started. With {@code HOLDFAST_REQUIRE_DOCKER=1} in
 * the environment nothing is skipped: there a machine without Docker is a failure.
 */
public final class DockerCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if ("1".equals(System.getenv("HOLDFAST_REQUIRE_DOCKER"))) {
      return ConditionEvaluationResult.enabled("Docker is required");
    }
    try {
      DockerClientFactory.instance().client();
      return ConditionEvaluationResult.enabled("there is Docker");
    } catch (RuntimeException none) {
      return ConditionEvaluationResult.disabled("no Docker here: " + none.getMessage());
    }
  }
}
