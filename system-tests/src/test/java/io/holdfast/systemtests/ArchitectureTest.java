package io.holdfast.systemtests;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: docs/architecture.md draws what this checks. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.holdfast");

  @Test
  void modulesKnowOnlyWhatTheyMay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.holdfast..")
        .layer("schemas")
        .definedBy("io.holdfast.schemas..", "io.holdfast.avro..")
        .layer("domain")
        .definedBy("io.holdfast.domain..")
        .layer("wire")
        .definedBy("io.holdfast.wire..")
        .layer("embedded")
        .definedBy("io.holdfast.embedded..")
        .layer("allocator")
        .definedBy("io.holdfast.allocator..")
        .layer("agent")
        .definedBy("io.holdfast.agent..")
        .layer("projector")
        .definedBy("io.holdfast.projector..")
        .layer("simulator")
        .definedBy("io.holdfast.simulator..")
        .layer("standalone")
        .definedBy("io.holdfast.standalone..")
        .whereLayer("schemas")
        .mayNotAccessAnyLayer()
        .whereLayer("domain")
        .mayNotAccessAnyLayer()
        .whereLayer("embedded")
        .mayNotAccessAnyLayer()
        .whereLayer("wire")
        .mayOnlyAccessLayers("schemas", "domain")
        .whereLayer("allocator")
        .mayOnlyAccessLayers("schemas", "domain", "wire")
        .whereLayer("agent")
        .mayOnlyAccessLayers("domain")
        .whereLayer("projector")
        .mayOnlyAccessLayers("schemas", "domain", "wire")
        .whereLayer("simulator")
        .mayOnlyAccessLayers("domain")
        .whereLayer("standalone")
        .mayOnlyAccessLayers("schemas", "domain", "wire", "embedded", "allocator", "projector")
        .check(CLASSES);
  }

  @Test
  void packagesOfTheAllocatorFormNoCircle() {
    slices().matching("io.holdfast.allocator.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesOfTheAgentFormNoCircle() {
    slices().matching("io.holdfast.agent.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesOfTheProjectorFormNoCircle() {
    slices().matching("io.holdfast.projector.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesOfTheSimulatorFormNoCircle() {
    slices().matching("io.holdfast.simulator.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesOfTheDomainFormNoCircle() {
    slices().matching("io.holdfast.domain.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
