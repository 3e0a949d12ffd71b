package io.tandem.cli.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A table for people that fits a terminal: columns are shortened as far as they may be, and the
 * least important ones left out.
 *
 * @param columns from left to right
 * @param rows a text for each column
 */
public record FittedTable(List<Column> columns, List<List<String>> rows) {
  private static final String GAP = "  ";

  /** Not one character: terminals that know ASCII alone would show it as a question mark. */
  private static final String CUT = "...";

  /** The side on which a column is even. */
  public enum Side {
    LEFT,
    RIGHT
  }

  /** The end of a text that is cut off where there is no room. */
  public enum Cut {
    NOTHING,
    START,
    END
  }

  /**
   * A column.
   *
   * @param heading above it
   * @param side on which it is even
   * @param rank the higher, the sooner it is left out; 0 never is
   * @param cut which end may be cut off
   * @param least width that is left where it is cut off; 0 where it is not
   */
  public record Column(String heading, Side side, int rank, Cut cut, int least) {
    /** A column of numbers. */
    public static Column number(String heading, int rank) {
      return new Column(heading, Side.RIGHT, rank, Cut.NOTHING, 0);
    }

    /** A column of words. */
    public static Column words(String heading, int rank) {
      return new Column(heading, Side.LEFT, rank, Cut.NOTHING, 0);
    }
  }

  /** Copies the lists; control characters become spaces. */
  public FittedTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(FittedTable::readable).toList();
  }

  private static List<String> readable(List<String> row) {
    return row.stream().map(cell -> cell.replaceAll("\\p{Cntrl}", " ")).toList();
  }

  /** Reports whether some column has no room. */
  boolean leavesOut(int width) {
    return shown(width).size() < columns.size();
  }

  /**
   * The heading and a line for each row.
   *
   * @param width of a line, characters; only columns that are never left out make it longer
   */
  public String text(int width) {
    List<Integer> shown = shown(width);
    int[] widths = widths(shown, width);
    StringBuilder text = new StringBuilder();
    text.append(line(columns.stream().map(Column::heading).toList(), shown, widths));
    rows.forEach(row -> text.append(line(row, shown, widths)));
    return text.toString();
  }

  private List<Integer> shown(int width) {
    TreeSet<Integer> shown = new TreeSet<>();
    int used = 0;
    for (int index : byRank()) {
      used += least(index) + (shown.isEmpty() ? 0 : GAP.length());
      if (columns.get(index).rank() > 0 && used > width) {
        break;
      }
      shown.add(index);
    }
    return List.copyOf(shown);
  }

  /** What is left of a line goes to the columns that can be cut off, the most important first. */
  private int[] widths(List<Integer> shown, int width) {
    int[] widths = IntStream.range(0, columns.size()).map(this::least).toArray();
    int used = shown.stream().mapToInt(index -> widths[index] + GAP.length()).sum();
    int free = Math.max(0, width - used + GAP.length());
    for (int index : byRank()) {
      if (shown.contains(index)) {
        int more = Math.min(free, natural(index) - widths[index]);
        widths[index] += more;
        free -= more;
      }
    }
    return widths;
  }

  private List<Integer> byRank() {
    return IntStream.range(0, columns.size())
        .boxed()
        .sorted(Comparator.comparingInt(index -> columns.get(index).rank()))
        .toList();
  }

  private int natural(int index) {
    return Math.max(
        columns.get(index).heading().length(),
        rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0));
  }

  private int least(int index) {
    Column column = columns.get(index);
    return column.cut() == Cut.NOTHING
        ? natural(index)
        : Math.min(natural(index), Math.max(column.least(), column.heading().length()));
  }

  private String line(List<String> cells, List<Integer> shown, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int index : shown) {
      String cell = cut(cells.get(index), columns.get(index).cut(), widths[index]);
      String padding = " ".repeat(widths[index] - cell.length());
      padded.add(columns.get(index).side() == Side.RIGHT ? padding + cell : cell + padding);
    }
    return String.join(GAP, padded).stripTrailing() + "\n";
  }

  private static String cut(String cell, Cut cut, int width) {
    if (cell.length() <= width) {
      return cell;
    }
    return switch (cut) {
      case NOTHING -> cell;
      case START -> CUT + cell.substring(cell.length() - width + CUT.length());
      case END -> cell.substring(0, width - CUT.length()).stripTrailing() + CUT;
    };
  }
}
