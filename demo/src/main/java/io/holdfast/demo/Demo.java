package io.holdfast.demo;

import io.holdfast.domain.decide.Settings;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Plays all stories on a throw-away stack. */
public final class Demo {
  /**
   * Nobody sends heartbeats here but the stories themselves; an overdue inventory is a story too.
   */
  private static final Settings SETTINGS = new Settings(600_000, 2_000, 3_600_000);

  /** Real agents send heartbeats. */
  private static final Settings REAL = new Settings(4_000, 600_000, 3_600_000);

  private Demo() {}

  private static List<Story> stories() {
    return List.of(
        new DstackStory(),
        new SubmarinerStory(),
        new HarvesterStory(),
        new CleanUpStory(),
        new RescheduleStory());
  }

  /** What keeps {@link #playReal} from being played here, in words; empty: nothing. */
  public static String missingForReal() {
    return RealWorld.missing();
  }

  /**
   * Plays the stories of gateways with real agents, in network namespaces of this machine, with the
   * kernel's own words; root and a few programs are needed. Otherwise as {@link #play}.
   */
  public static List<Check> playReal(Consumer<String> story, Consumer<String> progress) {
    return play(List.of(new RealCleanUpStory(), new RealRescheduleStory()), REAL, story, progress);
  }

  /**
   * Plays, and returns every check. A story that breaks off counts as a failed check.
   *
   * @param story takes the story, line by line
   * @param progress takes a line for people while the stack starts
   */
  public static List<Check> play(Consumer<String> story, Consumer<String> progress) {
    return play(stories(), SETTINGS, story, progress);
  }

  private static List<Check> play(
      List<Story> stories, Settings settings, Consumer<String> story, Consumer<String> progress) {
    List<Check> checks = new ArrayList<>();
    try (TempFolder folder = TempFolder.named("holdfast-demo");
        Standalone standalone =
            Standalone.start(
                StandaloneOptions.in(folder.path()).withFsync(false).withSettings(settings),
                progress)) {
      for (Story each : stories) {
        story.accept("");
        story.accept(each.group() + "  " + each.title());
        Stage stage = new Stage(standalone, "demo-" + each.group().toLowerCase(Locale.ROOT), story);
        try {
          each.play(stage);
        } catch (RuntimeException e) {
          stage.check(
              each.group(),
              "the story is played to its end",
              false,
              String.valueOf(e.getMessage()));
        }
        checks.addAll(stage.checks());
      }
    }
    return checks;
  }

  /** The checks as a table for people. */
  public static String table(List<Check> checks) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-9s %-7s %s%n", "SCENARIO", "RESULT", "CHECK"));
    for (Check check : checks) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-9s %-7s %s%n",
              check.scenario(),
              check.passed() ? "passed" : "FAILED",
              check.what()));
    }
    long passed = checks.stream().filter(Check::passed).count();
    text.append(
        String.format(Locale.ROOT, "%n%d passed, %d failed%n", passed, checks.size() - passed));
    return text.toString();
  }

  /** For a run without the command line: prints story and table, exits 1 if a check failed. */
  public static void main(String[] args) {
    List<Check> checks = play(System.out::println, System.err::println);
    System.out.println();
    System.out.print(table(checks));
    System.exit(checks.stream().allMatch(Check::passed) ? 0 : 1);
  }
}
