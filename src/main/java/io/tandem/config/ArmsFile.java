package io.tandem.config;

import io.tandem.compare.Arm;
import io.tandem.config.proto.Arms;
import io.tandem.config.text.NearNames;
import io.tandem.config.text.Problems;
import io.tandem.config.text.TextFile;
import io.tandem.config.text.TextParser;
import io.tandem.disk.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads arms of comparisons: those that come with the program, and files of others. */
public final class ArmsFile {
  private static final String SHIPPED = "arms.pbtxt";

  private ArmsFile() {}

  /** The arms that come with the program. */
  public static List<Arm> shipped() {
    try (InputStream input =
        Objects.requireNonNull(ArmsFile.class.getResourceAsStream("/" + SHIPPED))) {
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      return parse(text, SHIPPED, new Problems()).stream()
          .map(arm -> new Arm(arm.getName(), arm.getSetList()))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The arm of a name that comes with the program.
   *
   * @param name as typed
   * @throws UserError if there is none
   */
  public static Arm shipped(String name) {
    List<Arm> all = shipped();
    return all.stream()
        .filter(arm -> arm.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    UserError.Kind.USAGE,
                    "arm "
                        + name.replaceAll("\\p{Cntrl}", " ")
                        + ": no arm has this name; "
                        + NearNames.hint(name, all.stream().map(Arm::name).toList())
                        + " (or give it settings, for example --arm \"NAME: path=value\")"));
  }

  /**
   * Reads a file.
   *
   * @param file protobuf text of {@code arm { name: "..." set: "path=value" }}
   * @return its arms; one without settings is the one of its name that comes with the program
   * @throws UserError with all problems of the file
   */
  public static List<Arm> read(Path file) {
    Problems problems = new Problems();
    String text = TextFile.read(file, problems);
    problems.throwIfAny();
    List<Arm> arms = new ArrayList<>();
    for (var arm : parse(text, file.toString(), problems)) {
      arms.add(
          arm.getSetList().isEmpty()
              ? shipped(arm.getName())
              : new Arm(arm.getName(), arm.getSetList()));
    }
    if (arms.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          file + ": no arm, expected arm { name: \"...\" set: \"path=value\" }; add some");
    }
    return arms;
  }

  private static List<io.tandem.config.proto.Arm> parse(
      String text, String name, Problems problems) {
    Arms.Builder arms = Arms.newBuilder();
    TextParser.parse(text, name, arms, problems);
    problems.throwIfAny();
    return arms.getArmList();
  }
}
