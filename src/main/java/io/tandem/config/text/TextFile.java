package io.tandem.config.text;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.disk.NextCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads files of protobuf text, and tells what was given instead of one. */
public final class TextFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /** Reads a file, empty after a problem. A byte order mark is left out. */
  public static String read(Path file, Problems problems) {
    if (!Files.exists(file)) {
      problems.add(file.toString(), "no such file; name an existing .pbtxt file");
      return "";
    }
    if (!Files.isRegularFile(file)) {
      problems.add(
          file.toString(),
          "not a file, expected a .pbtxt file; a folder of images is searched with --set"
              + " data.images.path="
              + NextCommand.quoted(file.toString()));
      return "";
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(MAX_BYTES + 1);
      Optional<String> other = OtherFormat.of(file, bytes);
      if (other.isPresent()) {
        problems.add(file.toString(), other.get());
        return "";
      }
      if (bytes.length > MAX_BYTES) {
        problems.add(file.toString(), "larger than the allowed 1 MiB; not a configuration file");
        return "";
      }
      if (bytes.length == 0) {
        problems.add(file.toString(), "the file is empty; copy one from configs/ or graphs/");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException failure) {
      problems.add(file.toString(), "not UTF-8 text, expected a .pbtxt file; save it as UTF-8");
    } catch (IOException failure) {
      problems.add(file.toString(), "cannot be read; check its permissions");
    }
    return "";
  }

  /** The names of a message's fields. */
  static List<String> names(Descriptor message) {
    return message.getFields().stream().map(FieldDescriptor::getName).toList();
  }

  /** The names of an enum's values. */
  static List<String> names(EnumDescriptor choice) {
    return choice.getValues().stream().map(EnumValueDescriptor::getName).toList();
  }
}
