package io.holdfast.allocator.http;

import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false); // an answer, not a fault: nobody reads its trace
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }

  static ProblemException badRequest(String detail) {
    return new ProblemException(Problem.of(400, "BadRequest", detail));
  }

  static ProblemException notFound(String code, String detail) {
    return new ProblemException(Problem.of(404, code, detail));
  }

  static ProblemException invalid(String field, @Nullable String value, String allowed) {
    return new ProblemException(Problem.invalid(field, value, allowed));
  }
}
