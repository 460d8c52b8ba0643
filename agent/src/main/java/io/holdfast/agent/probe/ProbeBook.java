package io.holdfast.agent.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What of many probes is worth a report. Every failure is: the service counts them up to the
 * threshold. A success is one only as news, and only the second in a row: one answer between
 * failures is flapping, no recovery. One thread uses it.
 */
final class ProbeBook {
  private static final int RISE = 2;

  /**
   * Who is probed.
   *
   * @param name a gateway or an address
   * @param generation epoch of the gateway, or tenure of the address
   */
  record Subject(String network, String name, long generation) {}

  private static final class Course {
    private int successes;
    private boolean toldGood;
  }

  private final Map<Subject, Course> courses = new HashMap<>();

  /** Whether this result is to be reported. */
  boolean isNews(Subject subject, boolean ok) {
    Course course = courses.computeIfAbsent(subject, s -> new Course());
    if (!ok) {
      course.successes = 0;
      course.toldGood = false;
      return true;
    }
    course.successes++;
    if (course.toldGood || course.successes < RISE) {
      return false;
    }
    course.toldGood = true;
    return true;
  }

  /** The report did not get through: the next success is news again. */
  void untold(Subject subject) {
    Course course = courses.get(subject);
    if (course != null) {
      course.toldGood = false;
    }
  }

  /** Forgets all others. */
  void keep(Set<Subject> subjects) {
    courses.keySet().retainAll(subjects);
  }
}
