package io.tandem.report.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A JSON object on one line whose last field {@code crc} is the CRC32C, in eight hexadecimal
 * digits, of the line without that field.
 */
public final class CheckedLine {
  private static final String FIELD = ",\"crc\":\"";
  private static final String END = "\"}";
  private static final int DIGITS = 8;
  private static final int SUFFIX = FIELD.length() + DIGITS + END.length();

  private CheckedLine() {}

  /** The line for a non-empty object, without a line end. */
  public static String encode(ObjectNode object) {
    String body = Json.compact(object);
    return body.substring(0, body.length() - 1) + FIELD + crc(body) + END;
  }

  /** The object of a line, without {@code crc}; empty if the line is not intact. */
  public static Optional<ObjectNode> decode(String line) {
    int cut = line.length() - SUFFIX;
    if (cut < 1 || !line.startsWith(FIELD, cut) || !line.endsWith(END)) {
      return Optional.empty();
    }
    String body = line.substring(0, cut) + "}";
    String digits = line.substring(cut + FIELD.length(), line.length() - END.length());
    return crc(body).equals(digits) ? Json.parse(body) : Optional.empty();
  }

  private static String crc(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
