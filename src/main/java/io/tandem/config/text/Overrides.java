package io.tandem.config.text;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.tandem.data.Quote;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code path=value}. A list is {@code a,b,c}; a range is {@code min..max} or one number; a
 * choice such as {@code response} takes the name of the chosen one: {@code response=none}; a list
 * of blocks is written as in a file, {@code [{...}, {...}]}.
 */
public final class Overrides {
  private final Problems problems;

  /**
   * Creates a reader of overrides.
   *
   * @param problems collects what is not allowed
   */
  public Overrides(Problems problems) {
    this.problems = problems;
  }

  /** Sets what an override says, as far as it is allowed. */
  public void apply(String override, Message.Builder root) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      problems.add("--set " + override, "expected path=value, for example seed=2");
      return;
    }
    String path = override.substring(0, equals).strip();
    set(root, path, List.of(path.split("\\.", -1)), override.substring(equals + 1).strip());
  }

  private void set(Message.Builder message, String path, List<String> names, String value) {
    Descriptor type = message.getDescriptorForType();
    FieldDescriptor field = type.findFieldByName(names.get(0));
    if (field == null) {
      problems.add(
          path,
          "unknown setting "
              + Quote.quoted(names.get(0))
              + "; "
              + NearNames.hint(names.get(0), TextFile.names(type)));
      return;
    }
    boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (names.size() > 1 && !isMessage) {
      problems.add(path, field.getName() + " holds a value, not further settings");
    } else if (isMessage && field.isRepeated()) {
      setBlocks(message, field, path, names.size() > 1 ? "" : value);
    } else if (isMessage) {
      Message.Builder below = message.newBuilderForField(field);
      below.mergeFrom((Message) message.getField(field));
      if (names.size() > 1) {
        set(below, path, names.subList(1, names.size()), value);
      } else {
        choose(below, path, value);
      }
      message.setField(field, below.build());
    } else if (field.isRepeated()) {
      message.clearField(field);
      for (String item : value.replaceAll("^\\[|\\]$", "").split(",", -1)) {
        Object parsed = parse(field, path, item.strip());
        if (parsed != null) {
          message.addRepeatedField(field, parsed);
        }
      }
    } else {
      Object parsed = parse(field, path, value);
      if (parsed != null) {
        message.setField(field, parsed);
      }
    }
  }

  /** Blocks are written as in a file. */
  private void setBlocks(
      Message.Builder message, FieldDescriptor field, String path, String value) {
    Message.Builder read = message.build().newBuilderForType();
    try {
      TextFormat.merge(field.getName() + ": " + value, read);
    } catch (TextFormat.ParseException failure) {
      read.clear();
    }
    if (read.getRepeatedFieldCount(field) > 0) {
      message.setField(field, read.getField(field));
    } else {
      problems.add(
          path,
          "\""
              + value
              + "\" is not allowed, expected blocks with "
              + String.join(" and ", TextFile.names(field.getMessageType()))
              + ", as [{...}, {...}]");
    }
  }

  private void choose(Message.Builder message, String path, String value) {
    Descriptor type = message.getDescriptorForType();
    if (type.getFields().isEmpty() && (value.isEmpty() || value.equals("{}"))) {
      return;
    }
    if (type.getName().equals("Range")) {
      String[] ends = value.split("\\.\\.", 2);
      set(message, path, List.of("min"), ends[0]);
      set(message, path, List.of("max"), ends[ends.length - 1]);
      return;
    }
    FieldDescriptor chosen = type.findFieldByName(value);
    if (chosen != null && chosen.getRealContainingOneof() != null) {
      message.setField(chosen, message.newBuilderForField(chosen).build());
      return;
    }
    List<String> choices =
        type.getFields().stream()
            .filter(field -> field.getRealContainingOneof() != null)
            .map(FieldDescriptor::getName)
            .toList();
    problems.add(
        path,
        choices.isEmpty()
            ? "holds further settings, not a value; set " + path + "." + TextFile.names(type).get(0)
            : "\"" + value + "\" is not allowed; " + NearNames.hint(value, choices));
  }

  private @Nullable Object parse(FieldDescriptor field, String path, String value) {
    String expected =
        switch (field.getJavaType()) {
          case INT -> "an integer";
          case LONG -> "an integer";
          case DOUBLE, FLOAT -> "a number";
          case BOOLEAN -> "true or false";
          case STRING, BYTE_STRING, ENUM, MESSAGE -> "a value";
        };
    try {
      return switch (field.getJavaType()) {
        case INT -> new BigDecimal(value).intValueExact();
        case LONG -> new BigDecimal(value).longValueExact();
        case DOUBLE, FLOAT -> Double.valueOf(value);
        case BOOLEAN -> bool(path, value);
        case STRING -> value.replaceAll("^\"(.*)\"$", "$1");
        case ENUM -> choice(field, path, value);
        case BYTE_STRING, MESSAGE -> throw new NumberFormatException(value);
      };
    } catch (ArithmeticException | NumberFormatException failure) {
      problems.add(path, "\"" + value + "\" is not allowed, expected " + expected);
      return null;
    }
  }

  private @Nullable Boolean bool(String path, String value) {
    if (!Arrays.asList("true", "false").contains(value)) {
      problems.add(path, "\"" + value + "\" is not allowed, expected true or false");
      return null;
    }
    return Boolean.valueOf(value);
  }

  private @Nullable EnumValueDescriptor choice(FieldDescriptor field, String path, String value) {
    EnumValueDescriptor found = field.getEnumType().findValueByName(value.toUpperCase(Locale.ROOT));
    if (found == null) {
      List<String> names = TextFile.names(field.getEnumType());
      problems.add(path, "\"" + value + "\" is not allowed; " + NearNames.hint(value, names));
    }
    return found;
  }
}
