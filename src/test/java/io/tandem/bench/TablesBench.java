package io.tandem.bench;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import io.tandem.cli.InProcess;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.TableSources;
import io.tandem.data.table.TableFiles;
import io.tandem.disk.Disk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Tables of mixed columns: reading, typing and dividing one, against a plain pass of the CSV
 * library over the same file; the memory that this takes, against that of the numbers that come out
 * of it; and the rows per second that an exported model answers, from a CSV file to a CSV file. The
 * processor time is that of all threads together: on a machine with other work it says more than
 * the clock.
 */
public final class TablesBench {
  private static final int ROWS = 1_000_000;
  private static final int TRAINED = 5_000;
  private static final int PAUSE = 50;
  private static final double MIB = 1 << 20;

  private final Path table;
  private final int rows;
  private final int runs;

  private TablesBench(Path table, int rows, int runs) {
    this.table = table;
    this.rows = rows;
    this.runs = runs;
  }

  /**
   * Measures and prints one JSON line per figure.
   *
   * @param arguments optionally the number of rows and of rounds
   * @throws IOException if there is no room for the table
   */
  public static void main(String[] arguments) throws IOException {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROWS;
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    Path scratch = Files.createTempDirectory("tandem-bench");
    try {
      Path table = scratch.resolve("table.csv");
      MixedTable.write(table, rows, 1);
      TablesBench bench = new TablesBench(table, rows, runs);
      bench.load();
      bench.memory();
      bench.predict(scratch);
    } finally {
      Disk.system().delete(scratch);
    }
  }

  private void load() throws IOException {
    double[] plain = new double[runs];
    double[] ours = new double[runs];
    double[] ratios = new double[runs];
    double[] processor = new double[runs];
    double[] processorRatios = new double[runs];
    // The first round is for the compiler.
    for (int run = -1; run < runs; run++) {
      double begin = processorSeconds();
      double pass = seconds(this::plainPass);
      double middle = processorSeconds();
      double load = seconds(this::split);
      double end = processorSeconds();
      if (run >= 0) {
        processor[run] = end - middle;
        processorRatios[run] = (end - middle) / (middle - begin);
        plain[run] = pass;
        ours[run] = load;
        ratios[run] = load / pass;
      }
    }
    print("plain pass of fastcsv", "s", plain);
    print("read, typed and divided", "s", ours);
    print("read, typed and divided, ratio to the plain pass", "1", ratios);
    print("read, typed and divided, processor time", "s", processor);
    print("read, typed and divided, ratio of the processor times", "1", processorRatios);
  }

  /** Nothing but where the cells begin and end. */
  private static final class Counter extends CsvCallbackHandler<Counter> {
    private long characters;
    private int fields;

    @Override
    protected void beginRecord(long line) {
      fields = 0;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      characters += length;
      fields++;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {}

    @Override
    protected void setEmpty() {}

    @Override
    protected RecordType getRecordType() {
      return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
      return fields;
    }

    @Override
    protected Counter buildRecord() {
      return this;
    }
  }

  private void plainPass() {
    Counter counter = new Counter();
    long records = 0;
    try (CsvReader<Counter> reader = CsvReader.builder().build(counter, table);
        CloseableIterator<Counter> iterator = reader.iterator()) {
      while (iterator.hasNext()) {
        iterator.next();
        records++;
      }
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    if (records != rows + 1L || counter.characters < rows) {
      throw new IllegalStateException(records + " rows, " + counter.characters + " characters");
    }
  }

  private DataSplit split() {
    CsvFormat format = new CsvFormat(true, "label", ',');
    DataSettings settings =
        new DataSettings(new DataSource.CsvTable(table, format), new SplitSettings(0.6, 0.2, 0.2));
    return TableFiles.load(settings, 1, new TableSources());
  }

  /** Collects again and again while a table is loaded: what is in use then is needed. */
  private void memory() {
    AtomicBoolean loaded = new AtomicBoolean();
    AtomicLong peak = new AtomicLong();
    long before = used();
    Thread sampler =
        new Thread(
            () -> {
              while (!loaded.get()) {
                peak.accumulateAndGet(used() - before, Math::max);
                pause();
              }
            });
    sampler.start();
    DataSplit split;
    try {
      split = split();
    } finally {
      loaded.set(true);
    }
    join(sampler);
    long numbers =
        Stream.of(split.train(), split.validation(), split.test())
            .map(Dataset::values)
            .mapToLong(values -> (long) Float.BYTES * values.size())
            .sum();
    print("numbers of all parts, " + split.train().columns() + " columns", "MiB", numbers / MIB);
    print("peak of the heap after collections", "MiB", peak.get() / MIB);
    print("peak of the heap, ratio to the numbers", "1", (double) peak.get() / numbers);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** The whole command, less the start of Java. */
  private void predict(Path scratch) throws IOException {
    Path small = scratch.resolve("small.csv");
    MixedTable.write(small, TRAINED, 2);
    Path run = scratch.resolve("run");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--out", run.toString()));
    arguments.addAll(
        List.of(
            "--architecture",
            "[{\"units\":64,\"activation\":\"relu\",\"dropout\":0,\"adds\":[]}]"));
    for (String setting :
        List.of(
            "data.csv.file=" + small,
            "data.format.label=label",
            "retrain.examples=20000",
            "report.tensorboard=false")) {
      arguments.addAll(List.of("--set", setting));
    }
    command(arguments);
    Path answers = scratch.resolve("answers.csv");
    List<String> predict =
        List.of("predict", run.toString(), "-i", table.toString(), "-o", answers.toString());
    double[] rates = new double[runs];
    for (int round = -1; round < runs; round++) {
      double seconds = seconds(() -> command(predict));
      if (round >= 0) {
        rates[round] = rows / seconds;
      }
    }
    try (Stream<String> lines = Files.lines(answers)) {
      if (lines.count() != rows + 1L) {
        throw new IllegalStateException("answers are missing");
      }
    }
    print("predict, from CSV to CSV", "rows/s", rates);
  }

  private static void command(List<String> arguments) {
    InProcess.Ended ended = InProcess.run(arguments.toArray(String[]::new));
    if (ended.code() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + ended.err());
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double processorSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private void print(String figure, String unit, double... values) {
    System.out.println(Figure.of(rows + " rows of 30 columns", figure, unit, values).json());
  }
}
