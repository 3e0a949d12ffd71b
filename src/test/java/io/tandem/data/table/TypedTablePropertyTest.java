package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.column.DateOrder;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.data.TableEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Tables of all types, gaps and oddities load or fail with one line, and hide what is not trained.
 */
class TypedTablePropertyTest {
  private static final SplitSettings SPLIT = new SplitSettings(0.5, 0.25, 0.25);
  private static final int KINDS = 8;

  private static Path file = Path.of("unset");

  @BeforeContainer
  static void createFile() throws IOException {
    file = Files.createTempFile("typed", ".csv");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.deleteIfExists(file);
  }

  private static String cell(int kind, int row, Random random) {
    int day = 1 + random.nextInt(28);
    int month = 1 + random.nextInt(12);
    return switch (kind) {
      case 0 -> Integer.toString(random.nextInt(100));
      case 1 -> Double.toString(Math.exp(3 * random.nextGaussian()));
      case 2 -> String.format("2026-%02d-%02dT%02d:30", month, day, random.nextInt(24));
      case 3 -> day + "." + month + "." + (1990 + random.nextInt(30));
      case 4 -> random.nextBoolean() ? "yes" : "no";
      case 5 -> List.of("red", "green", "blue").get(random.nextInt(3));
      case 6 -> "key " + row;
      default -> month + "/" + day + "/2026";
    };
  }

  private static final List<String> ODD =
      List.of(
          "",
          "?",
          "0",
          "-1e9",
          "true",
          "2026-02-30",
          "31.12.9999",
          "0001-01-01",
          "12/31/1999",
          "x");

  private static List<String> rows(Random random, int columns, int count, double odd) {
    int[] kinds = random.ints(columns, 0, KINDS).toArray();
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      StringBuilder text = new StringBuilder();
      for (int kind : kinds) {
        boolean isOdd = random.nextDouble() < odd;
        text.append(isOdd ? ODD.get(random.nextInt(ODD.size())) : cell(kind, row, random));
        text.append(',');
      }
      rows.add(text.append(row % 2).toString());
    }
    return rows;
  }

  private static DataSplit load(List<String> rows, boolean quantiles) {
    CsvFormat format =
        new CsvFormat(false, "-1", ',', List.of(), List.of("?"), List.of())
            .declaring(
                new CsvFormat.Declared(List.of(), DateOrder.MDY, List.of(), List.of(), quantiles));
    try {
      Files.writeString(file, String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return TableFiles.load(new DataSettings(new DataSource.CsvTable(file, format), SPLIT), 3);
  }

  @Property(tries = 300)
  void load_anyTable_givesFiniteInputsOrLines(
      @ForAll int seed,
      @ForAll @IntRange(min = 1, max = 5) int columns,
      @ForAll @DoubleRange(max = 0.4) double odd,
      @ForAll boolean quantiles) {
    try {
      DataSplit split = load(rows(new Random(seed), columns, 40, odd), quantiles);
      for (Dataset part : List.of(split.train(), split.validation(), split.test())) {
        for (float value : split.standardisation().apply(part).features()) {
          assertThat(value).isFinite();
        }
      }
    } catch (DataException e) {
      assertThat(e.lines()).hasSizeBetween(1, 22).noneMatch(String::isBlank);
      assertThat(e).message().contains(file.toString());
    }
  }

  /** A value of the same type, but far away from all others, in a row of each part. */
  @Property(tries = 40)
  void load_plantedValue_changesNothingUnlessItIsTrained(
      @ForAll int seed, @ForAll boolean quantiles) {
    List<String> rows = new ArrayList<>();
    Random random = new Random(seed);
    for (int row = 0; row < 40; row++) {
      boolean gap = row % 7 == 3;
      rows.add(
          (gap ? "" : cell(1, row, random))
              + ","
              + (gap ? "" : cell(3, row, random))
              + ","
              + (gap ? "?" : cell(4, row, random))
              + ","
              + row % 2);
    }
    DataSplit plain = load(rows, quantiles);
    int same = 0;
    for (int planted = 0; planted < rows.size(); planted++) {
      List<String> changed = new ArrayList<>(rows);
      changed.set(planted, "1e9,13.7.1492 03:04:05,yes," + planted % 2);
      DataSplit other = load(changed, quantiles);
      boolean trained = !Arrays.equals(other.train().features(), plain.train().features());
      if (!trained) {
        assertThat(encoding(other)).isEqualTo(encoding(plain));
        assertThat(other.standardisation()).isEqualTo(plain.standardisation());
        same++;
      }
    }
    assertThat(same).isEqualTo(20);
  }

  private static TableEncoding encoding(DataSplit split) {
    return split.table().orElseThrow().encoding();
  }
}
