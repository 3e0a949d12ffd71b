package io.tandem.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packages can be read and changed one at a time only while their dependencies point one way.
 */
class DependencyRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tandem");

  private static void forbid(String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packages_dependOnEachOther_withoutCycles() {
    slices().matching("io.tandem.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** A package with more is about several things. */
  @Test
  void packages_haveAtMostThirtyFiveFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      Map<Path, Long> counts =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      assertThat(counts)
          .hasSizeGreaterThan(40)
          .allSatisfy(
              (folder, count) -> assertThat(count).as("%s", folder).isLessThanOrEqualTo(35));
    }
  }

  /** Neither an arrow that is not in the table, nor one in the table that does not exist. */
  @Test
  void packages_useWhatTheTableOfTheDocumentationSays() throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass each : CLASSES) {
      String room = room(each.getPackageName());
      Set<String> used = uses.computeIfAbsent(room, name -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(name -> name.startsWith("io.tandem."))
          .map(DependencyRulesTest::room)
          .filter(other -> !other.equals(room))
          .forEach(used::add);
    }
    assertThat(table()).isEqualTo(uses);
  }

  /** The first part of a package's name below {@code io.tandem}, or two of those of the graph. */
  private static String room(String name) {
    String[] parts = name.substring("io.tandem.".length()).split("\\.", -1);
    return parts[0].equals("graph") ? parts[0] + "." + parts[1] : parts[0];
  }

  private static Map<String, Set<String>> table() throws IOException {
    Map<String, Set<String>> table = new TreeMap<>();
    String room = "";
    for (String line : Files.readAllLines(Path.of("src/site/markdown/architecture.md"))) {
      String[] sides = line.split(" -> ", -1);
      if (line.startsWith("    ") && sides.length == 2) {
        room = sides[0].strip();
        table.put(room, new TreeSet<>());
      } else if (!line.startsWith("     ")) {
        room = "";
      }
      if (!room.isEmpty()) {
        Stream.of(sides[sides.length - 1].split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty() && !name.equals("nothing"))
            .forEach(table.get(room)::add);
      }
    }
    return table;
  }

  @Test
  void space_isPlainJava() {
    classes()
        .that()
        .resideInAPackage("io.tandem.space")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.tandem.space")
        .check(CLASSES);
  }

  @Test
  void foundations_knowNothingAboveThem() {
    String[] above = {
      "io.tandem.cli..",
      "io.tandem.wiring..",
      "io.tandem.run..",
      "io.tandem.config..",
      "io.tandem.search..",
      "io.tandem.tune..",
      "io.tandem.retrain..",
      "io.tandem.export..",
      "io.tandem.serve.."
    };
    forbid("io.tandem.space..", above);
    forbid("io.tandem.data..", above);
    forbid("io.tandem.report..", above);
    forbid("io.tandem.disk..", above);
    forbid("io.tandem.graph..", above);
    forbid("io.tandem.data..", "io.tandem.graph..", "io.tandem.report..");
    forbid("io.tandem.data", "io.tandem.data.*..");
    forbid("io.tandem.data.table..", "io.tandem.data.image..", "io.tandem.data.source..");
    forbid("io.tandem.data.image..", "io.tandem.data.table..", "io.tandem.data.source..");
    forbid(
        "io.tandem.data.text..",
        "io.tandem.data.table..",
        "io.tandem.data.image..",
        "io.tandem.data.source..");
    forbid("io.tandem.data.text..", "io.tandem.space..", "io.tandem.disk..");
    forbid("io.tandem.report..", "io.tandem.graph..", "io.tandem.data..");
    forbid("io.tandem.disk..", "io.tandem.graph..", "io.tandem.data..", "io.tandem.report..");
    forbid(
        "io.tandem.report.journal..",
        "io.tandem.report",
        "io.tandem.report.checkpoint..",
        "io.tandem.report.drawing..");
    forbid("io.tandem.report.checkpoint..", "io.tandem.report", "io.tandem.report.drawing..");
    forbid("io.tandem.graph.core..", "io.tandem.space..", "io.tandem.data..", "io.tandem.disk..");
    forbid(
        "io.tandem.graph.gradient..",
        "io.tandem.space..",
        "io.tandem.data..",
        "io.tandem.disk..",
        "io.tandem.graph.session..");
    forbid("io.tandem.graph.gradient.op..", "io.tandem.graph.gradient");
    forbid("io.tandem.graph.session..", "io.tandem.space..", "io.tandem.data..");
  }

  @Test
  void estimators_knowInnerProblemsOnly() {
    forbid(
        "io.tandem.graph.hypergradient..",
        "io.tandem.graph.child..",
        "io.tandem.graph.controller..");
    forbid(
        "io.tandem.graph.inner..",
        "io.tandem.graph.child..",
        "io.tandem.graph.controller..",
        "io.tandem.graph.hypergradient..");
    forbid("io.tandem.graph.controller..", "io.tandem.graph.child..");
    forbid(
        "io.tandem.graph.joint.policy..",
        "io.tandem.graph.child..",
        "io.tandem.graph.joint",
        "io.tandem.graph.joint.child..",
        "io.tandem.graph.joint.response..");
    forbid(
        "io.tandem.graph.joint.child..",
        "io.tandem.graph.controller..",
        "io.tandem.graph.joint",
        "io.tandem.graph.joint.response..");
    forbid("io.tandem.graph.joint.response..", "io.tandem.graph.joint");
    forbid("io.tandem.graph.child..", "io.tandem.graph.controller..");
  }

  @Test
  void features_knowNeitherConfigurationNorCommandLine() {
    for (String feature : new String[] {"search", "tune", "retrain", "export", "serve"}) {
      forbid(
          "io.tandem." + feature + "..",
          "io.tandem.config..",
          "io.tandem.cli..",
          "io.tandem.run..",
          "io.tandem.wiring..");
    }
    forbid("io.tandem.run..", "io.tandem.cli..", "io.tandem.wiring..");
    forbid("io.tandem.cli.terminal..", "io.tandem.cli");
    forbid("io.tandem.cli.stream..", "io.tandem.cli", "io.tandem.cli.terminal..");
    forbid("io.tandem.run.task..", "io.tandem.run.search..", "io.tandem.run.tune..");
    forbid("io.tandem.run.tune..", "io.tandem.run.search..", "io.tandem.search");
    forbid("io.tandem.config..", "io.tandem.run..", "io.tandem.wiring..", "io.tandem.cli..");
    forbid("io.tandem.retrain..", "io.tandem.search..", "io.tandem.graph.controller..");
    forbid(
        "io.tandem.search.plan..",
        "io.tandem.search",
        "io.tandem.search.propose..",
        "io.tandem.graph.joint.policy..",
        "io.tandem.graph.joint.child..");
    forbid("io.tandem.search.propose..", "io.tandem.search");
    forbid("io.tandem.export..", "io.tandem.search..", "io.tandem.graph.controller..");
    forbid(
        "io.tandem.tune..",
        "io.tandem.search..",
        "io.tandem.retrain..",
        "io.tandem.export..",
        "io.tandem.data..",
        "io.tandem.graph.controller..",
        "io.tandem.graph.joint..",
        "org.tensorflow..");
    forbid("io.tandem.graph.tuning..", "io.tandem.graph.controller..", "io.tandem.graph.joint..");
  }

  /** Statistics of runs need results, not what made them. */
  @Test
  void compare_knowsResultsOnly() {
    forbid(
        "io.tandem.compare..",
        "io.tandem.config..",
        "io.tandem.cli..",
        "io.tandem.wiring..",
        "io.tandem.run..",
        "io.tandem.search..",
        "io.tandem.retrain..",
        "io.tandem.export..",
        "io.tandem.graph..",
        "io.tandem.data..",
        "org.tensorflow..");
  }

  @Test
  void graphOperations_areBuiltUnderGraphAndExportOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tandem.graph..", "io.tandem.export..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tensorflow.op..")
        .check(CLASSES);
  }

  /** Two definitions of what a network sees disagree on the files that nobody tried. */
  @Test
  void images_areDecodedInOnePlaceOnly() {
    forbid(
        "io.tandem.graph.preprocessing..",
        "io.tandem.graph.child..",
        "io.tandem.graph.input..",
        "io.tandem.graph.joint..",
        "io.tandem.graph.training..");
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tandem.graph.preprocessing..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.tensorflow\\.op\\.image\\.(Decode|Resize|ScaleAndTranslate).*")
        .check(CLASSES);
  }

  @Test
  void libraries_stayWhereTheyBelong() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tandem.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "me.tongfei..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tandem.wiring..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.inject..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tandem.config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tandem.config.proto..")
        .check(CLASSES);
  }

  @Test
  void program_isEndedByMainOnly() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.tandem.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }
}
