package io.holdfast.domain;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.holdfast.domain.net.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Packages depend downwards only, and nothing on the world outside: ids and times come in as data.
 */
class ArchitectureTest {
  private static final String ROOT = "io.holdfast.domain.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.holdfast.domain");

  /** What each package may use, beside itself. */
  private static final Map<String, List<String>> USES =
      Map.of(
          "net", List.of(),
          "model", List.of("net"),
          "command", List.of("net", "model"),
          "report", List.of("net", "model"),
          "event", List.of("net", "model"),
          "outcome", List.of("net", "model"),
          "state", List.of("net", "model", "outcome"),
          "evolve", List.of("net", "model", "event", "state"),
          "decide",
              List.of("net", "model", "command", "report", "event", "outcome", "state", "evolve"));

  @Test
  void packagesDependDownwardsOnly() {
    USES.forEach((name, uses) -> {
      List<String> allowed =
          new java.util.ArrayList<>(List.of("java..", "org.jspecify..", ROOT + name));
      uses.forEach(used -> allowed.add(ROOT + used));
      classes()
          .that()
          .resideInAPackage(ROOT + name)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(allowed.toArray(String[]::new))
          .check(CLASSES);
    });
  }

  @Test
  void nobodyDependsOnViews() {
    noClasses()
        .that()
        .resideInAnyPackage(USES.keySet().stream().map(name -> ROOT + name).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "view")
        .check(CLASSES);
  }

  @Test
  void nothingTouchesTheWorldOutside() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.io..",
                "java.nio..",
                "java.sql..",
                "java.util.logging..",
                "java.util.random..",
                "javax..",
                "jdk..",
                "sun..",
                "org.slf4j..",
                "org.apache..",
                "java.lang.reflect.."))
        .check(CLASSES);
    noClasses()
        .that(not(type(IpAddress.class)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net..")
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net..")
                .and(not(type(Inet6Address.class)).and(not(type(InetAddress.class)))))
        .check(CLASSES);
  }

  @Test
  void noClockAndNoDice() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class,
            java.util.Random.class,
            java.security.SecureRandom.class,
            java.util.UUID.class,
            java.util.concurrent.ThreadLocalRandom.class)
        .check(CLASSES);
    noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    noClasses().should().callMethod(System.class, "nanoTime").check(CLASSES);
    noClasses()
        .should()
        .accessTargetWhere(
            com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner(type(Thread.class)))
        .check(CLASSES);
  }
}
