package io.tandem.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.dialect.DialectOptions;
import io.tandem.cli.terminal.InspectedText;
import io.tandem.cli.terminal.TerminalWidth;
import io.tandem.config.ConfigLoader;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataSource;
import io.tandem.data.parquet.ParquetInput;
import io.tandem.data.profile.ColumnProfile;
import io.tandem.data.profile.StartingConfiguration;
import io.tandem.data.profile.TableProfile;
import io.tandem.data.row.TableInput;
import io.tandem.data.source.TableSources;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.Marks;
import io.tandem.dialect.Quotes;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.NextCommand;
import io.tandem.disk.UserError;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a table, and writes a configuration to start from. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what is in a table: its columns, missing values, and what looks wrong.",
      "With --write, writes a configuration to start from. Trains nothing."
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = {
        "A CSV file, plain or compressed with gzip, a Parquet file,",
        "or a configuration (.pbtxt), of which the table is looked at."
      })
  private Path file = Path.of("");

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description =
          "The column to predict: its name, or its index from 0, negative from the end (default: the"
              + " last column).")
  private @Nullable String target;

  @Mixin private DialectOptions dialect = new DialectOptions();

  @Option(
      names = "--header",
      negatable = true,
      arity = "0..1",
      paramLabel = "true|false",
      description = "Whether the first row names the columns (default: as it looks).")
  private @Nullable Boolean header;

  @Option(
      names = "--write",
      paramLabel = "CONFIG",
      description = "Writes a configuration to this file, which must not exist yet.")
  private @Nullable Path write;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json (default: ${DEFAULT-VALUE}).")
  private String format = "table";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!List.of("table", "json").contains(format.toLowerCase(Locale.ROOT))) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--format: '" + format + "' is not allowed, expected table or json");
    }
    if (write != null && Files.exists(write)) {
      throw new UserError(
          UserError.Kind.USAGE, "--write: " + write + " exists; name another file, or delete it");
    }
    DataSource source = source();
    TableProfile profile = profile(source);
    PrintWriter out = spec.commandLine().getOut();
    if (format.equalsIgnoreCase("json")) {
      out.print(toJson(profile) + "\n");
    } else {
      out.print(
          InspectedText.of(profile, target != null || isConfiguration(), TerminalWidth.of(spec)));
    }
    out.flush();
    write(source, profile);
    return 0;
  }

  private boolean isConfiguration() {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".pbtxt");
  }

  /** The source of a configuration, or the file with the marks that training takes by default. */
  private DataSource source() {
    if (isConfiguration()) {
      DataSource source = ConfigLoader.load(file, List.of()).experiment().data().source();
      if (source.tableFormat().isEmpty()) {
        throw new UserError(
            UserError.Kind.USAGE,
            file + ": has no table, expected data.csv, csv_parts, parquet or jdbc; name a table");
      }
      return source;
    }
    CsvFormat format =
        ConfigLoader.defaults(List.of("data.csv.file=table.csv"))
            .experiment()
            .data()
            .source()
            .tableFormat()
            .orElseThrow();
    return new DataSource.CsvTable(file, format);
  }

  private TableProfile profile(DataSource source) {
    CsvFormat format = source.tableFormat().orElseThrow();
    TableSources inputs = new TableSources();
    try (TableInput input =
        source instanceof DataSource.CsvParts parts
            ? inputs.of(parts.train())
            : inputs.of(source)) {
      boolean written = !dialect.settings().equals(DialectSettings.UNKNOWN);
      if (input.named() && (written || header != null)) {
        throw new UserError(
            UserError.Kind.USAGE,
            (written ? String.join(", ", dialect.given().toList()) : "--header")
                + ": not allowed with "
                + input.name()
                + ", which names its columns itself; leave it out");
      }
      Optional<CsvFormat> configured = isConfiguration() ? Optional.of(format) : Optional.empty();
      return TableProfile.of(
          input,
          new TableProfile.Known(
              dialect
                  .settings()
                  .or(configured.map(CsvFormat::dialect).orElse(DialectSettings.UNKNOWN)),
              Optional.ofNullable(header).or(() -> configured.map(CsvFormat::header)),
              Optional.ofNullable(target).or(() -> configured.map(InspectCommand::target)),
              format.missing(),
              format.declared().marks()));
    }
  }

  /** The first of the columns that a configuration predicts. */
  private static String target(CsvFormat format) {
    return format
        .regression()
        .map(regression -> regression.columns().get(0))
        .orElse(format.label());
  }

  private void write(DataSource source, TableProfile profile) {
    PrintWriter err = spec.commandLine().getErr();
    if (write == null && isConfiguration()) {
      return;
    }
    if (write == null) {
      err.println(
          "to write a configuration to start from: "
              + CommandText.of(spec)
              + " --write "
              + NextCommand.quoted(configuration()));
    } else {
      String next = NextCommand.of("search", write.toString());
      AtomicFile.write(
          Disk.system(),
          write,
          StartingConfiguration.of(profile, said(source, write), CommandText.of(spec), next));
      err.println("wrote " + write + "; run: " + next);
    }
    err.flush();
  }

  /** Where the table is, as a configuration says it. */
  private static String said(DataSource source, Path configuration) {
    if (source instanceof DataSource.JdbcTable query) {
      return StartingConfiguration.query(query);
    }
    Path table = Path.of(source.text());
    boolean parquet = source instanceof DataSource.ParquetTable || ParquetInput.isOne(table);
    return StartingConfiguration.file(parquet ? "parquet" : "csv", named(table, configuration));
  }

  /** The table as seen from the folder of the configuration. */
  private static String named(Path file, Path configuration) {
    Path folder = configuration.toAbsolutePath().normalize().getParent();
    Path table = file.toAbsolutePath().normalize();
    return folder != null && table.startsWith(folder)
        ? folder.relativize(table).toString()
        : table.toString();
  }

  private String configuration() {
    Path name = file.getFileName();
    return (name == null
            ? "table"
            : name.toString().replaceAll("(?i)(\\.(csv|tsv|parquet|pbtxt|txt|gz))+$", ""))
        + ".pbtxt";
  }

  private static ObjectNode toJson(TableProfile profile) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("file", profile.file());
    profile.dialect().ifPresent(dialect -> write(dialect, object).put("header", profile.header()));
    object.put("rows", profile.rows());
    ArrayNode columns = object.putArray("columns");
    profile.columns().forEach(column -> columns.add(toJson(column)));
    object
        .put("target", profile.targetColumn().name())
        .put("target.is_number", profile.predictsNumber());
    ArrayNode warnings = object.putArray("warnings");
    profile.warnings().forEach(warnings::add);
    return object;
  }

  private static ObjectNode write(Dialect dialect, ObjectNode object) {
    return object
        .put("delimiter", String.valueOf(dialect.delimiter().symbol()))
        .put("aligned", dialect.delimiter().repeated())
        .put("quote", Quotes.text(dialect.quote()))
        .put("decimal", String.valueOf(dialect.numbers().decimal()))
        .put("thousands", Marks.text(dialect.numbers().thousands()))
        .put("encoding", dialect.encoding().name());
  }

  private static ObjectNode toJson(ColumnProfile column) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", column.name())
            .put("type", column.kind().name().toLowerCase(Locale.ROOT))
            .put("missing", column.missing())
            .put("distinct", column.distinct());
    if (column.numbers() > 0) {
      object.put("min", column.low()).put("max", column.high()).put("mean", column.mean());
    }
    if (column.kind() == ColumnProfile.Kind.DATE) {
      column
          .dates()
          .ifPresent(dates -> object.put("first", dates.first()).put("last", dates.last()));
    }
    ObjectNode frequent = object.putObject("frequent");
    column.frequent().forEach(value -> frequent.put(value.value(), value.count()));
    return object;
  }
}
