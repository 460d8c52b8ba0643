package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, on a copy without sources: how it finds a JDK and what it says if it cannot go on.
 * A whole build is not run here: it would build this very module again.
 */
class LauncherTest {
  private static final String PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path launcher;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void copy() throws IOException {
    Path original = Path.of("..", "holdfast");
    assumeTrue(Files.isExecutable(original), "the launcher is not where it should be");
    // A blank in the path must not matter.
    Path root = Files.createDirectories(folder.resolve("a repo"));
    launcher = Files.copy(original, root.resolve("holdfast"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", tools("readlink", "mkdir", "touch", "rm", "date", "tail", "flock"));
    environment.put("HOME", folder.toString());
    environment.put("HOLDFAST_JDK_PLACES", folder.resolve("none").toString());
  }

  @Test
  void noJdkAtAll() throws Exception {
    assertThat(run(launcher, "version"))
        .isEqualTo(
            new Run(
                5,
                "",
                """
                holdfast: needs a JDK 25 and found none.
                Install one (for example from https://adoptium.net) or point HOLDFAST_JAVA_HOME at it.
                """));
  }

  @Test
  void onlyAnOlderJdk() throws Exception {
    Path old = jdk("jdk-17", "17.0.9", true);
    environment.put("JAVA_HOME", old.toString());

    Run run = run(launcher, "version");

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.err()).contains("found none").contains("  " + old + " (Java 17.0.9)\n");
  }

  @Test
  void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
    Path jre = jdk("jre-25", "25.0.1", false);
    environment.put("JAVA_HOME", jre.toString());

    assertThat(run(launcher, "version").err()).contains(jre + " (Java 25.0.1, without a compiler)");
  }

  @Test
  void theJdkThatWasAskedForIsNotReplacedByAnother() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1", true).toString());
    Path old = jdk("jdk-21", "21.0.2", true);
    environment.put("HOLDFAST_JAVA_HOME", old.toString());

    assertThat(run(launcher, "version"))
        .isEqualTo(
            new Run(
                5,
                "",
                "holdfast: HOLDFAST_JAVA_HOME is "
                    + old
                    + ", which is no JDK 25 but Java 21.0.2\n"));
  }

  @Test
  void aNewerJdkInThePlacesIsFoundAndThenMavenIsMissing() throws Exception {
    environment.put("JAVA_HOME", jdk("places/jdk-17", "17.0.9", true).toString());
    jdk("places/jdk-25", "25", true);
    environment.put("HOLDFAST_JDK_PLACES", folder.resolve("places").toString());

    assertThat(run(launcher, "version"))
        .isEqualTo(
            new Run(
                5,
                "",
                "holdfast: has to be built and needs Maven (3.8 or later) for that; there is no mvn"
                    + " on the PATH.\n"));
  }

  @Test
  void aFailedBuildShowsTheEndOfTheLogAndWhereItIs() throws Exception {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", PATH);
    assumeTrue(runs("mvn"), "there is no Maven on the PATH");
    Files.writeString(launcher.resolveSibling("pom.xml"), "<project>broken</project>");

    Run run = run(launcher, "version");

    Path log = launcher.resolveSibling("cli/target/build.log").toRealPath();
    assertThat(run.code()).isEqualTo(5);
    assertThat(run.err())
        .contains("[ERROR]")
        .endsWith("holdfast: the build failed; the whole log is in " + log + "\n");
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(42);
  }

  @Test
  void worksThroughLinksFromAnywhere() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1", true).toString());
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path relative =
        Files.createSymbolicLink(bin.resolve("hf1"), Path.of("..", "a repo", "holdfast"));
    Path link = Files.createSymbolicLink(folder.resolve("hf"), relative);

    // It got as far as wanting to build, and the lock file is where the repository is.
    assertThat(run(link, "version").err()).contains("needs Maven");
    assertThat(launcher.resolveSibling("cli/target")).isDirectory();
    assertThat(bin.resolve("cli")).doesNotExist();
  }

  @Test
  void whatIsBuiltIsStartedWithEveryPathInOnePiece() throws Exception {
    built();

    assertThat(run(launcher, "eip", "show", "a b").out().lines())
        .containsExactly(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:AOTCache=" + root() + "/cli/target/run/1-1/holdfast.aot",
            "-Xlog:aot=off",
            "-Xlog:cds=off",
            "-Dholdfast.root=" + root(),
            "-cp",
            root() + "/x.jar",
            "io.holdfast.cli.Main",
            "eip",
            "show",
            "a b");
  }

  @Test
  void whatRunsForLongGetsTheWholeJvm() throws Exception {
    built();

    assertThat(run(launcher, "agent", "--node", "n1").out().lines())
        .containsExactly(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dholdfast.root=" + root(),
            "-cp",
            root() + "/x.jar",
            "io.holdfast.cli.Main",
            "agent",
            "--node",
            "n1");
  }

  @Test
  void theWholeStackMakesItsCacheAtTheFirstStartAndHasItAtTheSecond() throws Exception {
    built();
    Path run = root().resolve("cli/target/run/1-1");
    List<String> start =
        List.of(
            "-Dholdfast.root=" + root(), "-jar", run + "/launch.jar", "up", "--data", "a folder");
    Files.writeString(run.resolve("launch.jar"), "");

    assertThat(run(launcher, "up", "--data", "a folder").out().lines())
        .doesNotContain("--enable-native-access=ALL-UNNAMED")
        .contains("-Dholdfast.up.aot=" + run + "/up.aot")
        .containsSubsequence(start);

    Path cache = Files.writeString(run.resolve("up.aot"), "");
    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run(launcher, "up", "--data", "a folder").out().lines())
        .doesNotContain("-Dholdfast.up.aot=" + run + "/up.aot")
        .contains("-XX:AOTCache=" + run + "/up.aot")
        .containsSubsequence(start);

    assertThat(run(launcher, "up", "--data", "agent").out().lines())
        .contains("-XX:AOTCache=" + run + "/up.aot");
    assertThat(run(launcher, "agent", "--node", "up").out().lines())
        .doesNotContain("-XX:AOTCache=" + run + "/up.aot");

    Files.delete(cache);
    Files.writeString(run.resolve("up.aot.failed"), "");
    assertThat(run(launcher, "up", "--data", "a folder").out().lines())
        .noneMatch(word -> word.contains("aot"))
        .containsSubsequence(start);

    environment.put("HOLDFAST_AOT", "off");
    assertThat(run(launcher, "up", "--data", "a folder").out().lines())
        .contains("--enable-native-access=ALL-UNNAMED", root() + "/x.jar")
        .noneMatch(word -> word.contains("aot"));
  }

  @Test
  void aChangedSourceIsBuiltAgain() throws Exception {
    built();
    Path source = root().resolve("cli/src/main/Changed.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run(launcher, "version").err()).contains("needs Maven");
  }

  /** Lays out what a build leaves, for a JDK whose java prints its arguments. */
  private void built() throws IOException {
    Path jdk = jdk("a jdk", "25.0.1", true);
    Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", tools("find", "head"));
    Files.createDirectories(root().resolve("cli/src/main"));
    Files.writeString(root().resolve("pom.xml"), "");
    Files.writeString(root().resolve("cli/pom.xml"), "");
    Path run = Files.createDirectories(root().resolve("cli/target/run/1-1"));
    Files.writeString(run.resolveSibling("current"), "1-1\n");
    Files.writeString(run.resolve("classpath"), root() + "/x.jar\n");
    Files.writeString(run.resolve("modules"), "cli\n");
    Files.writeString(run.resolve("aot.jdk"), jdk + "\n");
    for (String later : new String[] {"holdfast.aot", "stamp"}) {
      Files.writeString(run.resolve(later), "");
      Files.setLastModifiedTime(run.resolve(later), FileTime.from(Instant.now().plusSeconds(5)));
    }
  }

  private Path root() throws IOException {
    return launcher.resolveSibling("").toRealPath();
  }

  /** A folder that looks like a JDK of this version: the launcher reads, and starts nothing. */
  private Path jdk(String name, String version, boolean compiler) throws IOException {
    Path home = folder.resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    executable(bin.resolve("java"));
    if (compiler) {
      executable(bin.resolve("javac"));
    }
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return home;
  }

  private static void executable(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\nexit 99\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A folder with these programs and no others: no java and no mvn to be found by accident. */
  private String tools(String... names) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("tools"));
    for (String name : names) {
      for (String place : PATH.split(":", -1)) {
        Path program = Path.of(place, name);
        if (Files.isExecutable(program) && Files.notExists(bin.resolve(name))) {
          Files.copy(program, bin.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return bin.toString();
  }

  private static boolean runs(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "-v")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notHere) {
      return false;
    }
  }

  private Run run(Path program, String... args) throws Exception {
    String[] command = new String[args.length + 2];
    command[0] = "/bin/sh";
    command[1] = program.toString();
    System.arraycopy(args, 0, command, 2, args.length);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    builder.redirectOutput(out.toFile());
    Process p = builder.start();
    String err = new String(p.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(p.waitFor(), Files.readString(out), err);
  }
}
