package io.tandem.data;

import io.tandem.data.source.DataLoader;
import io.tandem.outcome.Regression;
import java.nio.file.Path;
import java.util.Optional;

/** Where the rows or words come from. */
public sealed interface DataSource {
  /** What to call it: a path, or where the digits come from. */
  String text();

  /**
   * A short name for lists of runs: the path as seen from a folder, or {@code digits}.
   *
   * @param folder an absolute path
   */
  default String name(Path folder) {
    Path path = Path.of(text());
    return path.startsWith(folder) && !path.equals(folder)
        ? folder.relativize(path).toString()
        : text();
  }

  /** What is known of the table or tables of the user; empty if there are none. */
  default Optional<CsvFormat> tableFormat() {
    return Optional.empty();
  }

  /** Returns true if numbers are to be predicted, not classes or words. */
  default boolean predictsNumbers() {
    return tableFormat().flatMap(CsvFormat::regression).isPresent();
  }

  /** Returns true if networks predict the logarithms of these numbers. */
  default boolean predictsLogarithms() {
    return tableFormat().flatMap(CsvFormat::regression).map(Regression::logarithm).orElse(false);
  }

  /** The handwritten digits that come with the program: 64 features, ten classes. */
  record Digits() implements DataSource {
    @Override
    public String text() {
      return "UCI digits (E. Alpaydin and C. Kaynak 1998, CC BY 4.0)";
    }

    @Override
    public String name(Path folder) {
      return "digits";
    }
  }

  /**
   * One table, to be split.
   *
   * @param file comma-separated values
   * @param format how to read it
   */
  record CsvTable(Path file, CsvFormat format) implements DataSource {
    @Override
    public String text() {
      return file.toString();
    }

    @Override
    public Optional<CsvFormat> tableFormat() {
      return Optional.of(format);
    }
  }

  /**
   * One table in a Parquet file, to be split.
   *
   * @param file the Parquet file
   * @param format what is known of its columns
   */
  record ParquetTable(Path file, CsvFormat format) implements DataSource {
    @Override
    public String text() {
      return file.toString();
    }

    @Override
    public Optional<CsvFormat> tableFormat() {
      return Optional.of(format);
    }
  }

  /**
   * The rows that a database answers to a query, to be split.
   *
   * @param url where the database is; without a password
   * @param query in its SQL
   * @param user name of the user; empty for what the URL or the driver says
   * @param passwordVariable environment variable with the password; empty for none
   * @param format what is known of its columns
   */
  record JdbcTable(
      String url,
      String query,
      Optional<String> user,
      Optional<String> passwordVariable,
      CsvFormat format)
      implements DataSource {
    /** The URL without its parameters. */
    @Override
    public String text() {
      return url.replaceFirst("(?s)[?;].*", "");
    }

    @Override
    public String name(Path folder) {
      return text();
    }

    @Override
    public Optional<CsvFormat> tableFormat() {
      return Optional.of(format);
    }
  }

  /**
   * A table for each part.
   *
   * @param train rows that the weights learn from
   * @param validation rows that the search is rewarded on
   * @param test rows that are read once, at the end
   * @param format how to read each of them
   */
  record CsvParts(Path train, Path validation, Path test, CsvFormat format) implements DataSource {
    @Override
    public String text() {
      return train.toString();
    }

    @Override
    public Optional<CsvFormat> tableFormat() {
      return Optional.of(format);
    }
  }

  /**
   * Images in the IDX files of MNIST; pixels become features in [0, 1].
   *
   * @param images training images
   * @param labels their labels
   * @param testImages images that are read once, at the end
   * @param testLabels their labels
   * @param block which images of the training files are used
   * @param validation how many of those, the last, the search is rewarded on, positive
   * @param classes number of classes; labels are 0 up to but not this
   */
  record Idx(
      Path images,
      Path labels,
      Path testImages,
      Path testLabels,
      Block block,
      int validation,
      int classes)
      implements DataSource {
    @Override
    public String text() {
      return images.toString();
    }
  }

  /**
   * JPEG and PNG files in a folder for each class; bytes become features from 0 to 255.
   *
   * @param path the folder of these folders, or a {@code .tar} of it, plain or compressed with gzip
   * @param settings how to use them
   */
  record Images(Path path, ImageSettings settings) implements DataSource {
    @Override
    public String text() {
      return path.toString();
    }
  }

  /**
   * Words of a language model; {@code io.tandem.data.text} reads them, not {@link DataLoader}.
   *
   * @param train text that the weights learn from
   * @param validation text that the search is rewarded on; empty takes the end of {@code train}
   * @param test text that is read once, at the end
   * @param settings how to use them
   */
  record Text(Path train, Optional<Path> validation, Path test, TextSettings settings)
      implements DataSource {
    @Override
    public String text() {
      return train.toString();
    }
  }

  /**
   * The official binary files of CIFAR-10 or CIFAR-100; bytes become features from 0 to 255.
   *
   * @param path their folder or archive
   * @param labels which labels are the classes
   * @param block which training images are used
   * @param validation how many of those, the last, the search is rewarded on, positive
   */
  record Cifar(Path path, CifarLabels labels, Block block, int validation) implements DataSource {
    @Override
    public String text() {
      return path.toString();
    }
  }
}
