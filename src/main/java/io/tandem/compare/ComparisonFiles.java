package io.tandem.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what a comparison leaves behind, from the results of its runs alone. */
public final class ComparisonFiles {
  private ComparisonFiles() {}

  /**
   * Writes a row for every cell that is done.
   *
   * @param disk where to
   * @param directory the comparison
   * @throws io.tandem.disk.UserError if the disk refuses
   */
  public static void writeTable(Disk disk, ComparisonDirectory directory) {
    List<String> columns = CellResult.columns(directory.manifest().goal());
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (CellResult result : done(directory)) {
      ObjectNode row = result.toJson();
      text.append(
              columns.stream()
                  .map(column -> cell(row.path(column).isNull() ? "" : row.path(column).asText()))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    AtomicFile.write(disk, directory.table(), text.toString());
  }

  /** A cell of RFC 4180. */
  private static String cell(String text) {
    return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /**
   * Writes the outcome and its picture.
   *
   * @param disk where to
   * @param directory a comparison whose cells are all done
   * @throws io.tandem.disk.UserError if the disk refuses
   */
  public static void writeOutcome(Disk disk, ComparisonDirectory directory) {
    Comparison comparison = comparison(directory, directory.manifest().metric()).orElseThrow();
    ComparisonChart.svg(comparison)
        .ifPresent(svg -> AtomicFile.write(disk, directory.picture(), svg));
    // The last of all: where it is, nothing is left to do.
    AtomicFile.write(disk, directory.outcome(), Json.pretty(comparison.toJson()));
  }

  /**
   * The outcome; empty if not all cells are done.
   *
   * @param directory the comparison
   * @param metric by which arms are compared
   */
  public static Optional<Comparison> comparison(ComparisonDirectory directory, Metric metric) {
    List<CellResult> done = done(directory);
    return done.size() == directory.manifest().cells().size()
        ? Optional.of(Comparison.of(metric, directory.manifest(), done))
        : Optional.empty();
  }

  private static List<CellResult> done(ComparisonDirectory directory) {
    return directory.manifest().cells().stream()
        .flatMap(cell -> directory.result(cell).stream())
        .toList();
  }
}
