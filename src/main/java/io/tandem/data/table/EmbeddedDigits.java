package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.ImageShape;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.TableInput;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The handwritten digits that come with the program: 1,797 rows of 64 features (8x8 pixels, 0 to
 * 16) in ten classes (Alpaydin and Kaynak 1998, CC BY 4.0; see the NOTICE beside them).
 */
final class EmbeddedDigits {
  /** What the features are. */
  static final ImageShape SHAPE = new ImageShape(8, 8, 1);

  /** How they are written. */
  static final CsvFormat FORMAT = new CsvFormat(false, "-1", ',');

  private static final String RESOURCE = "digits.csv.gz";

  private EmbeddedDigits() {}

  /**
   * Reads them.
   *
   * @param digest gets the stored bytes
   */
  static Table read(MessageDigest digest) {
    return CsvReader.read(
        TableInput.csv(new StoredBytes(RESOURCE, CsvReader.KIND, EmbeddedDigits::open)),
        FORMAT,
        digest);
  }

  private static InputStream open() throws FileNotFoundException {
    InputStream stream = EmbeddedDigits.class.getResourceAsStream(RESOURCE);
    if (stream == null) {
      throw new FileNotFoundException("missing from the program's archive");
    }
    return stream;
  }
}
