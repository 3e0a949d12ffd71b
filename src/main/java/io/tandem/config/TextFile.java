package io.tandem.config;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormatParseInfoTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads protobuf text, turning the parser's complaints into problems with near names. */
final class TextFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern UNKNOWN =
      Pattern.compile("(\\d+):(\\d+):\\s+(tandem[\\w.]*)\\.(\\w+)");
  private static final Pattern ENUM =
      Pattern.compile("Enum type \"?([\\w.]+)\"? has no value named \"?([\\w.]+)\"?");

  private TextFile() {}

  /** Reads a file, empty after a problem. */
  static String read(Path file, Problems problems) {
    if (!Files.exists(file)) {
      problems.add(file.toString(), "no such file; name an existing .pbtxt file");
      return "";
    }
    if (!Files.isRegularFile(file)) {
      problems.add(file.toString(), "not a file; name a .pbtxt file");
      return "";
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        problems.add(file.toString(), "larger than the allowed 1 MiB; not a configuration file");
        return "";
      }
      if (bytes.length == 0) {
        problems.add(file.toString(), "the file is empty; copy one from configs/ or graphs/");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException failure) {
      problems.add(file.toString(), "not UTF-8 text; save it as UTF-8");
    } catch (IOException failure) {
      problems.add(file.toString(), "cannot be read; check its permissions");
    }
    return "";
  }

  /** Parses text into a builder as far as it can. */
  static TextFormatParseInfoTree parse(
      String text, String name, Message.Builder builder, Problems problems) {
    TextFormatParseInfoTree.Builder tree = TextFormatParseInfoTree.builder();
    TextFormat.Parser parser =
        TextFormat.Parser.newBuilder()
            .setSingularOverwritePolicy(
                TextFormat.Parser.SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
            .setParseInfoTreeBuilder(tree)
            .build();
    try {
      parser.merge(text, ExtensionRegistry.getEmptyRegistry(), builder);
    } catch (TextFormat.ParseException failure) {
      explain(failure, name, builder.getDescriptorForType(), problems);
    }
    return tree.build();
  }

  private static void explain(
      TextFormat.ParseException failure, String name, Descriptor root, Problems problems) {
    String message = String.valueOf(failure.getMessage());
    Matcher unknown = UNKNOWN.matcher(message);
    boolean found = false;
    while (unknown.find()) {
      found = true;
      String key = unknown.group(4);
      problems.add(
          name + ":" + unknown.group(1) + ":" + unknown.group(2),
          key + " is no setting; " + NearNames.hint(key, fields(root, unknown.group(3))));
    }
    if (found) {
      return;
    }
    String place = name + ":" + failure.getLine() + ":" + failure.getColumn();
    Matcher choice = ENUM.matcher(message);
    if (choice.find()) {
      String value = choice.group(2);
      problems.add(
          place,
          value + " is not allowed; " + NearNames.hint(value, values(root, choice.group(1))));
      return;
    }
    String text = message.replaceFirst("^\\d+:\\d+:\\s*", "");
    problems.add(
        place,
        text.contains("Non-repeated field")
            ? text + " remove one of the two"
            : "cannot be read as protobuf text: " + text);
  }

  /** The names of a message's fields. */
  static List<String> names(Descriptor message) {
    return message.getFields().stream().map(FieldDescriptor::getName).toList();
  }

  /** The names of an enum's values. */
  static List<String> names(EnumDescriptor choice) {
    return choice.getValues().stream().map(EnumValueDescriptor::getName).toList();
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
    return names(found);
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
