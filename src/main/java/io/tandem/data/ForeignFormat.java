package io.tandem.data;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of another kind than was expected, known by their first bytes, so that a message can say
 * what to do with them.
 */
public final class ForeignFormat {
  /** Bytes that are looked at. */
  static final int LOOKED_AT = 1 << 12;

  private static final String UTF_16 = "is UTF-16 text; save it as UTF-8";
  private static final String ZIP = "504b0304";
  // What only the packages of spreadsheet programs have among their first names.
  private static final List<String> EXCEL =
      List.of("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/");
  private static final String OPEN_DOCUMENT = "mimetypeapplication/vnd.oasis.opendocument";
  private static final Map<String, String> KINDS = new TreeMap<>();

  static {
    KINDS.put("1f8b", "is compressed with gzip twice; decompress it once");
    KINDS.put("425a68", "is compressed with bzip2; decompress it");
    KINDS.put("fd377a585a00", "is compressed with xz; decompress it");
    KINDS.put("28b52ffd", "is compressed with zstd; decompress it");
    KINDS.put("377abcaf271c", "is a 7z archive; unpack it");
    KINDS.put("526172211a07", "is a RAR archive; unpack it");
    KINDS.put("504b0506", "is an empty zip archive");
    KINDS.put("d0cf11e0a1b11ae1", "is a file of an old Office program; save it as CSV");
    KINDS.put("50415231", "is a Parquet file; save it as CSV");
    KINDS.put("255044462d", "is a PDF file; save its table as CSV");
    KINDS.put("fffe", UTF_16);
    KINDS.put("feff", UTF_16);
    KINDS.put("53514c69746520666f726d6174", "is an SQLite database; export the table as CSV");
  }

  private ForeignFormat() {}

  /**
   * What the bytes are and what to do.
   *
   * @param first bytes of the decompressed file
   * @return for example {@code is a zip archive; unpack it}; empty if the kind is not known
   */
  public static Optional<String> of(byte[] first) {
    String hex = HexFormat.of().formatHex(first);
    if (hex.startsWith(ZIP)) {
      return Optional.of(zip(first));
    }
    String text = new String(first, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return Optional.of("is a web page; download the file itself");
    }
    return KINDS.entrySet().stream()
        .filter(kind -> hex.startsWith(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns true if a byte order mark says that the bytes are UTF-16. */
  static boolean isUtf16(byte[] first) {
    return of(first).filter(UTF_16::equals).isPresent();
  }

  private static String zip(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    if (EXCEL.stream().anyMatch(text::contains)) {
      return "is an Excel file; save it as CSV";
    }
    return text.contains(OPEN_DOCUMENT)
        ? "is an OpenDocument file; save it as CSV"
        : "is a zip archive; unpack it";
  }
}
