package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Tables that are read once are as those of which the types of the columns are known before, with
 * the same mistakes at the same places, also where these come late.
 */
class ScannedCellsTest {
  private static final List<String> MISSING = List.of("NA", "?", "-999");
  private static final CsvFormat FORMAT =
      new CsvFormat(true, "label", ',', List.of(), MISSING, List.of());

  /** More rows than a batch of those that are read ahead has. */
  private static final int MANY = 5_000;

  /** A table in memory that counts how often it is read. */
  private static final class Counted {
    private final AtomicInteger opened = new AtomicInteger();
    private final byte[] bytes;

    Counted(byte... bytes) {
      this.bytes = bytes;
    }

    static Counted of(String text) {
      return new Counted(text.getBytes(StandardCharsets.UTF_8));
    }

    TableInput input() {
      return TableInput.csv(
          new StoredBytes(
              "t.csv",
              CsvReader.KIND,
              () -> {
                opened.incrementAndGet();
                return new ByteArrayInputStream(bytes);
              }));
    }

    Table read() {
      return CsvReader.read(input(), FORMAT, StoredBytes.sha256());
    }
  }

  private static String table(int rows, IntFunction<String> cell) {
    StringBuilder text = new StringBuilder("n,x,label\n");
    for (int row = 0; row < rows; row++) {
      text.append(row % 7).append(',').append(cell.apply(row)).append(',').append(row % 2);
      text.append('\n');
    }
    return text.toString();
  }

  private static TypedRows.Column column(Table table, int feature) {
    return table.typed().orElseThrow().columns().get(feature);
  }

  private static String cell(int kind, Random random) {
    if (random.nextInt(9) == 0) {
      return List.of("", "NA", "?", " ").get(random.nextInt(4));
    }
    return switch (kind) {
      case 0 -> Float.toString(random.nextFloat() - 0.5f);
      case 1 -> " kind " + random.nextInt(4);
      case 2 -> random.nextBoolean() ? "yes" : "No";
      case 3 -> "2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + " 10:3" + kind;
      case 4 -> Integer.toString(random.nextInt(3) - 999);
      default -> "16777217." + random.nextInt(10);
    };
  }

  @Property(tries = 60)
  void read_anyTable_sameAsWithKnownTypes(
      @ForAll int seed, @ForAll @IntRange(min = 12, max = 3_000) int rows) {
    Random random = new Random(seed);
    int[] kinds = random.ints(1 + random.nextInt(6), 0, 6).toArray();
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < kinds.length; column++) {
      text.append('c').append(column).append(',');
    }
    text.append("label\n");
    for (int row = 0; row < rows; row++) {
      for (int kind : kinds) {
        text.append(cell(kind, random)).append(',');
      }
      text.append(row % 3 == 0 ? "a" : "b").append('\n');
    }
    Counted counted = Counted.of(text.toString());
    Table once = counted.read();
    assertThat(counted.opened.get()).isEqualTo(1);
    Table again =
        once.typed().isPresent()
            ? CsvReader.readLike(once, counted.input(), FORMAT, StoredBytes.sha256()).orElseThrow()
            : CsvReader.readGaps(once, counted.input(), FORMAT);
    assertThat(once.labels().orElseThrow().values())
        .isEqualTo(again.labels().orElseThrow().values());
    assertThat(once.labels().orElseThrow().texts()).isEqualTo(again.labels().orElseThrow().texts());
    assertThat(once.merged()).isEqualTo(again.merged());
    for (int feature = 0; feature < once.layout().features().size(); feature++) {
      TypedRows.Column known = column(again, feature);
      if (once.typed().isEmpty()) {
        float[] numbers = ((TypedRows.Numbers) known).values();
        for (int row = 0; row < rows; row++) {
          assertThat(once.cells().get(row, feature)).isEqualTo(numbers[row]);
        }
      } else {
        requireEqual(column(once, feature), known);
      }
    }
  }

  private static void requireEqual(TypedRows.Column found, TypedRows.Column expected) {
    assertThat(found).hasSameClassAs(expected);
    if (expected instanceof TypedRows.Numbers numbers) {
      assertThat(((TypedRows.Numbers) found).values()).isEqualTo(numbers.values());
    } else {
      assertThat(((TypedRows.Written) found).texts())
          .isEqualTo(((TypedRows.Written) expected).texts());
    }
  }

  @Example
  void read_gapInTheLastRow_readOnce() {
    Counted counted = Counted.of(table(MANY, row -> row == MANY - 1 ? "" : "1.5"));
    float[] values = ((TypedRows.Numbers) column(counted.read(), 1)).values();
    assertThat(values[MANY - 2]).isEqualTo(1.5f);
    assertThat(values[MANY - 1]).isNaN();
    assertThat(counted.opened.get()).isEqualTo(1);
  }

  /** So many texts make categories of the numbers before them, which are kept as written. */
  @Example
  void read_textsAfterNumbers_readAgainAsWritten() {
    Counted counted =
        Counted.of(table(MANY, row -> row < MANY / 2 ? row % 2 == 0 ? "01" : "1" : "many"));
    TypedRows.Written column = (TypedRows.Written) column(counted.read(), 1);
    assertThat(column).isInstanceOf(TypedRows.Texts.class);
    assertThat(List.of(column.text(0), column.text(1), column.text(MANY - 1)))
        .containsExactly("01", "1", "many");
    assertThat(counted.opened.get()).isEqualTo(2);
  }

  @Example
  void read_wordAfterTruthValues_categories() {
    Counted counted = Counted.of(table(MANY, row -> row == MANY - 1 ? "maybe" : "yes"));
    assertThat(column(counted.read(), 1)).isInstanceOf(TypedRows.Texts.class);
    assertThat(counted.opened.get()).isEqualTo(1);
  }

  @Example
  void read_wordAfterDates_categoriesWithAWarning() {
    Table table =
        Counted.of(table(MANY, row -> row == MANY - 1 ? "later" : "2024-01-1" + row % 10)).read();
    assertThat(column(table, 1)).isInstanceOf(TypedRows.Texts.class);
    assertThat(table.suspicions())
        .singleElement()
        .asString()
        .contains("is not taken for dates, although 4,999 of its 5,000 cells", "\"later\" is none");
  }

  @Example
  void read_lateMistakes_namedByTheirPlaces() {
    String text =
        table(
            MANY,
            row ->
                switch (row) {
                  case 3_000 -> "x";
                  case 3_100 -> "1,1";
                  case 4_000 -> "1e60";
                  default -> "1.5";
                });
    assertThatThrownBy(Counted.of(text)::read)
        .isInstanceOfSatisfying(
            DataException.class,
            error -> {
              List<String> places = new ArrayList<>();
              error.lines().forEach(line -> places.add(line.substring(0, line.indexOf(": "))));
              assertThat(places).containsExactly("t.csv:3002:2", "t.csv:3102:4", "t.csv:4002:2");
            });
  }

  @Example
  void read_bytesOfNoTextAtTheEnd_namedAfterTheMistakesBeforeThem() {
    byte[] bytes =
        (table(4 * MANY, row -> row == 2_000 ? "x" : "1.5") + "1,\u00e9,1\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(new Counted(bytes)::read)
        .isInstanceOfSatisfying(
            DataException.class,
            error ->
                assertThat(error.lines())
                    .hasSize(2)
                    .satisfies(
                        lines -> {
                          assertThat(lines.get(0)).startsWith("t.csv:2002:2: \"x\"");
                          assertThat(lines.get(1)).startsWith("t.csv:20002:2: byte 0xe9 at offset");
                        }));
  }

  @Example
  void read_refusedTable_leavesNoThread() throws InterruptedException {
    assertThatThrownBy(Counted.of(table(50 * MANY, row -> "1.5") + "1,\"open")::read)
        .hasMessageContaining("t.csv:250002: a quote that begins in this row is never closed");
    long alive =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("rows ahead") && thread.isAlive())
            .count();
    assertThat(alive).isZero();
  }
}
