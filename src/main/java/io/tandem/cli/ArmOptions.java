package io.tandem.cli;

import io.tandem.compare.Arm;
import io.tandem.config.ArmsFile;
import io.tandem.disk.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arms of a comparison; add it with {@code @Mixin}. */
final class ArmOptions {
  @Option(
      names = "--arms",
      paramLabel = "LIST|FILE",
      description =
          "What is compared, the reference first: names such as joint,random, or a .pbtxt file of"
              + " arms. Built in: ${COMPLETION-CANDIDATES}.",
      completionCandidates = ShippedArms.class)
  private @Nullable String arms;

  @Option(
      names = "--arm",
      paramLabel = "NAME[:PATH=VALUE,...]",
      description =
          "Adds an arm: the name of a built-in arm, or NAME: SETTINGS for your own, as --arm"
              + " \"small: search.derive.keep=3\".")
  private List<String> single = new ArrayList<>();

  /** Whether the command line has an arm. */
  boolean given() {
    return arms != null || !single.isEmpty();
  }

  /**
   * The arms in order, those of {@code --arms} first.
   *
   * @throws UserError if one is not known, or they cannot be compared
   */
  List<Arm> read() {
    List<Arm> all = new ArrayList<>();
    if (arms != null) {
      all.addAll(listOrFile(arms));
    }
    for (String text : single) {
      all.add(text.indexOf(':') < 0 ? ArmsFile.shipped(text.strip()) : Arm.parse(text));
    }
    Arm.requireComparable(all);
    return List.copyOf(all);
  }

  private static List<Arm> listOrFile(String text) {
    if (text.endsWith(".pbtxt")) {
      return ArmsFile.read(Path.of(text));
    }
    if (text.contains("=")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--arms "
              + text.replaceAll("\\p{Cntrl}", " ")
              + ": expected names or a .pbtxt file; give an arm with settings as --arm \"NAME:"
              + " path=value\"");
    }
    List<Arm> named = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      named.add(ArmsFile.shipped(name.strip()));
    }
    return named;
  }
}
