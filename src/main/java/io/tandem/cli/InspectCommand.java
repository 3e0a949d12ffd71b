package io.tandem.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.dialect.DialectOptions;
import io.tandem.cli.terminal.InspectedText;
import io.tandem.cli.terminal.TerminalWidth;
import io.tandem.config.ConfigLoader;
import io.tandem.data.DataSource;
import io.tandem.data.profile.ColumnProfile;
import io.tandem.data.profile.StartingConfiguration;
import io.tandem.data.profile.TableProfile;
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
  @Parameters(paramLabel = "FILE", description = "A CSV file, plain or compressed with gzip.")
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
    TableProfile profile =
        TableProfile.of(
            file,
            new TableProfile.Known(
                dialect.settings(),
                Optional.ofNullable(header),
                Optional.ofNullable(target),
                missing()));
    PrintWriter out = spec.commandLine().getOut();
    if (format.equalsIgnoreCase("json")) {
      out.print(toJson(profile) + "\n");
    } else {
      out.print(InspectedText.of(profile, target != null, TerminalWidth.of(spec)));
    }
    out.flush();
    write(profile);
    return 0;
  }

  /** The marks that training takes for missing values unless it is told others. */
  private static List<String> missing() {
    DataSource source =
        ConfigLoader.defaults(List.of("data.csv.file=table.csv")).experiment().data().source();
    return ((DataSource.CsvTable) source).format().missing();
  }

  private void write(TableProfile profile) {
    PrintWriter err = spec.commandLine().getErr();
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
          StartingConfiguration.of(profile, named(write), CommandText.of(spec), next));
      err.println("wrote " + write + "; run: " + next);
    }
    err.flush();
  }

  /** The table as seen from the folder of the configuration. */
  private String named(Path configuration) {
    Path folder = configuration.toAbsolutePath().normalize().getParent();
    Path table = file.toAbsolutePath().normalize();
    return folder != null && table.startsWith(folder)
        ? folder.relativize(table).toString()
        : table.toString();
  }

  private String configuration() {
    Path name = file.getFileName();
    return (name == null ? "table" : name.toString().replaceAll("(?i)(\\.(csv|tsv|txt|gz))+$", ""))
        + ".pbtxt";
  }

  private static ObjectNode toJson(TableProfile profile) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", profile.file().toString())
            .put("delimiter", String.valueOf(profile.dialect().delimiter().symbol()))
            .put("aligned", profile.dialect().delimiter().repeated())
            .put("quote", Quotes.text(profile.dialect().quote()))
            .put("decimal", String.valueOf(profile.dialect().numbers().decimal()))
            .put("thousands", Marks.text(profile.dialect().numbers().thousands()))
            .put("encoding", profile.dialect().encoding().name())
            .put("header", profile.header())
            .put("rows", profile.rows());
    ArrayNode columns = object.putArray("columns");
    profile.columns().forEach(column -> columns.add(toJson(column)));
    object
        .put("target", profile.targetColumn().name())
        .put("target.is_number", profile.predictsNumber());
    ArrayNode warnings = object.putArray("warnings");
    profile.warnings().forEach(warnings::add);
    return object;
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
