package io.tandem.config.text;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormatParseInfoTree;
import io.tandem.data.Quote;
import io.tandem.disk.NextCommand;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parses protobuf text, turning the parser's complaints into problems with near names. The parser
 * ends at the first; what it complains of is then blanked out and the text parsed again, so that
 * all are found together.
 */
public final class TextParser {
  private static final int MOST_PROBLEMS = 20;
  // A line of thousands of signs without sense would be parsed again for each of them.
  private static final int MOST_ATTEMPTS = 500;
  private static final Pattern UNKNOWN =
      Pattern.compile("(\\d+):(\\d+):\\s+(tandem[\\w.]*)\\.(\\w+)");
  private static final Pattern ENUM =
      Pattern.compile("Enum type \"?([\\w.]+)\"? has no value named \"?([\\w.]+)\"?");
  private static final Pattern FIELD = Pattern.compile("\"tandem\\.[\\w.]*?(\\w+)\"");
  private static final String WHOLE = "Couldn't parse integer: ";

  private final String name;
  private final TextRepair text;
  private final Problems problems;

  private TextParser(String text, String name, Problems problems) {
    this.name = name;
    this.text = new TextRepair(text);
    this.problems = problems;
  }

  /** Parses text into a builder as far as it can. */
  public static TextFormatParseInfoTree parse(
      String text, String name, Message.Builder builder, Problems problems) {
    return new TextParser(text, name, problems).parse(builder);
  }

  private TextFormatParseInfoTree parse(Message.Builder builder) {
    int unreadable = -1;
    int found = 0;
    for (int attempt = 1; ; attempt++) {
      TextFormatParseInfoTree.Builder tree = TextFormatParseInfoTree.builder();
      TextFormat.Parser parser =
          TextFormat.Parser.newBuilder()
              .setSingularOverwritePolicy(
                  TextFormat.Parser.SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
              .setParseInfoTreeBuilder(tree)
              .build();
      builder.clear();
      try {
        parser.merge(text.toString(), ExtensionRegistry.getEmptyRegistry(), builder);
        return tree.build();
      } catch (TextFormat.ParseException failure) {
        int line = failure.getLine();
        if (attempt < MOST_ATTEMPTS
            && message(failure).startsWith(WHOLE)
            && text.writeOut(line, failure.getColumn())) {
          continue;
        }
        // What is left of a line that cannot be read is not worth a second complaint.
        if (line != unreadable) {
          found++;
          unreadable = explain(failure, builder.getDescriptorForType()) ? line : unreadable;
        }
        if (isUnknown(failure)
            || found == MOST_PROBLEMS
            || attempt >= MOST_ATTEMPTS
            || !blank(failure)) {
          return tree.build();
        }
      }
    }
  }

  private boolean blank(TextFormat.ParseException failure) {
    String message = message(failure);
    return message.startsWith("Expected \":\"") || message.startsWith("Expected \"{\"")
        ? text.blankBefore(failure.getLine(), failure.getColumn())
        : text.blank(failure.getLine(), failure.getColumn());
  }

  private static boolean isUnknown(TextFormat.ParseException failure) {
    return UNKNOWN.matcher(String.valueOf(failure.getMessage())).find();
  }

  private static String message(TextFormat.ParseException failure) {
    return String.valueOf(failure.getMessage()).replaceFirst("^\\d+:\\d+:\\s*", "");
  }

  private String place(int line, int column) {
    return name + ":" + line + ":" + text.column(line, column);
  }

  /** Adds the problems and tells whether the line could not be read at all. */
  private boolean explain(TextFormat.ParseException failure, Descriptor root) {
    String message = message(failure);
    Matcher unknown = UNKNOWN.matcher(String.valueOf(failure.getMessage()));
    boolean found = false;
    while (unknown.find()) {
      found = true;
      String key = unknown.group(4);
      problems.add(
          place(Integer.parseInt(unknown.group(1)), Integer.parseInt(unknown.group(2))),
          "unknown setting "
              + Quote.quoted(key)
              + "; "
              + NearNames.hint(key, fields(root, unknown.group(3))));
    }
    if (found) {
      return false;
    }
    String place = place(failure.getLine(), failure.getColumn());
    Matcher choice = ENUM.matcher(message);
    if (choice.find()) {
      String value = choice.group(2);
      problems.add(
          place,
          value + " is not allowed; " + NearNames.hint(value, values(root, choice.group(1))));
      return false;
    }
    if (message.contains("Non-repeated field") || message.contains("another member of oneof")) {
      problems.add(place, twice(message));
      return false;
    }
    if (message.startsWith(WHOLE) || message.startsWith("Couldn't parse number: ")) {
      String value = text.token(failure.getLine(), failure.getColumn());
      problems.add(
          place,
          String.format(
              Locale.ROOT,
              "%s is not allowed, expected %s",
              value,
              message.contains("out of range")
                  ? "a smaller number"
                  : message.startsWith(WHOLE) ? "an integer" : "a number"));
      return false;
    }
    problems.add(
        place,
        "cannot be read as protobuf text: "
            + message.replaceFirst("\\.$", "")
            + "; compare it with what "
            + NextCommand.of("check", "--print")
            + " shows");
    return true;
  }

  /** One setting given twice, or two of which only one can be. */
  private static String twice(String message) {
    List<String> names =
        FIELD.matcher(message).results().map(found -> found.group(1)).distinct().limit(2).toList();
    return (names.size() == 1
            ? names.get(0) + " is set twice, expected once"
            : String.join(" and ", names) + " exclude each other")
        + "; remove one of the two";
  }

  private static List<String> fields(Descriptor root, String message) {
    Descriptor found =
        Stream.concat(
                root.getFile().getMessageTypes().stream(),
                root.getFile().getDependencies().stream()
                    .flatMap(file -> file.getMessageTypes().stream()))
            .filter(type -> type.getFullName().equals(message))
            .findFirst()
            .orElse(root);
    return TextFile.names(found);
  }

  private static List<String> values(Descriptor root, String choice) {
    return Stream.concat(Stream.of(root.getFile()), root.getFile().getDependencies().stream())
        .flatMap(
            file ->
                Stream.concat(
                    file.getEnumTypes().stream(),
                    file.getMessageTypes().stream().flatMap(type -> type.getEnumTypes().stream())))
        .filter(type -> type.getFullName().equals(choice))
        .findFirst()
        .map(TextFile::names)
        .orElse(List.of());
  }
}
