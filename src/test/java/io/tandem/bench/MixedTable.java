package io.tandem.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A table of 30 columns, about 300 bytes a row, as a database has them: 14 columns of numbers, four
 * of which have gaps, 10 of categories, two of truth values, two of dates, a key and a label.
 */
final class MixedTable {
  private static final int NUMBERS = 14;
  private static final int WITH_GAPS = 4;
  private static final double GAPS = 0.05;
  private static final int[] CATEGORIES = {3, 4, 5, 6, 8, 10, 12, 20, 30, 40};
  private static final int MINUTES = 5_000_000;

  private MixedTable() {}

  /**
   * Writes one.
   *
   * @param file where to
   * @param rows number of rows, without the header
   * @param seed of the values
   */
  static void write(Path file, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", header()) + "\n");
      StringBuilder line = new StringBuilder();
      for (int row = 0; row < rows; row++) {
        line.setLength(0);
        row(row, random, line);
        out.append(line);
      }
    }
  }

  private static List<String> header() {
    List<String> names = new ArrayList<>();
    names.add("key");
    for (int number = 0; number < NUMBERS; number++) {
      names.add("number" + number);
    }
    for (int count : CATEGORIES) {
      names.add("category" + count);
    }
    names.addAll(List.of("active", "member", "born", "seen", "label"));
    return names;
  }

  private static void row(int row, SplittableRandom random, StringBuilder line) {
    line.append("customer-").append(1_000_000L + row);
    double sum = 0;
    for (int number = 0; number < NUMBERS; number++) {
      line.append(',');
      double value = random.nextDouble() - 0.5;
      if (number >= WITH_GAPS || random.nextDouble() >= GAPS) {
        sum += value;
        number(value, number, line);
      }
    }
    for (int count : CATEGORIES) {
      int value = random.nextInt(count);
      sum += value % 3 - 1;
      line.append(",kind ").append((char) ('a' + value % 26)).append(" number ").append(value);
    }
    line.append(random.nextBoolean() ? ",true" : ",false");
    line.append(random.nextBoolean() ? ",yes" : ",no");
    LocalDateTime moment = LocalDateTime.of(2016, 1, 1, 0, 0).plusMinutes(random.nextInt(MINUTES));
    line.append(',').append(moment.toLocalDate());
    line.append(',').append(moment.toLocalDate()).append(' ').append(moment.toLocalTime());
    line.append(sum > 0 ? ",good\n" : ",bad\n");
  }

  /** Whole numbers and numbers with two to eight decimals. */
  private static void number(double value, int column, StringBuilder line) {
    if (column % 4 == 0) {
      line.append((int) (value * 1e6));
      return;
    }
    long scale = (long) Math.pow(10, 2 * (column % 4) + 2);
    long scaled = Math.round(Math.abs(value) * 100 * scale);
    line.append(value < 0 ? "-" : "").append(scaled / scale).append('.');
    line.append(Long.toString(scale + scaled % scale), 1, Long.toString(scale).length());
  }
}
