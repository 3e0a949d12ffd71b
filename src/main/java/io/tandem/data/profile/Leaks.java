package io.tandem.data.profile;

import io.tandem.data.Quote;
import io.tandem.data.row.TableRow;
import io.tandem.data.table.MissingMarks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds columns that tell what is to be predicted, which nobody will know beforehand. */
final class Leaks {
  private static final int MOST_VALUES = 50;
  private static final int LEAST_ROWS = 30;
  private static final double SAME = 0.9999;

  private final TableProfile profile;
  private final List<MissingMarks> marks;
  private final List<Suspect> suspects = new ArrayList<>();

  /**
   * Nothing seen yet.
   *
   * @param marks of each column, the cells that are missing values
   */
  Leaks(TableProfile profile, List<MissingMarks> marks) {
    this.profile = profile;
    this.marks = List.copyOf(marks);
    for (ColumnProfile column : profile.columns()) {
      if (column.index() != profile.target() && column.distinct() > 1) {
        if (profile.predictsNumber()) {
          suspects.add(new Correlated(column));
        } else if (column.distinct() <= MOST_VALUES) {
          suspects.add(new Determining(column));
        }
      }
    }
  }

  void add(TableRow row) {
    if (!marks.get(profile.target()).contains(row.text(profile.target()))) {
      for (Suspect suspect : suspects) {
        suspect.add(row, profile.target(), marks);
      }
    }
  }

  void warnings(List<String> warnings) {
    suspects.stream()
        .filter(suspect -> suspect.rows >= LEAST_ROWS && suspect.tells())
        .forEach(
            suspect ->
                warnings.add(
                    Quote.format(
                        "column %s tells column %s, which is to be predicted, in every row that has"
                            + " it; leave it out if it is not known beforehand",
                        Quote.quoted(suspect.column.name()),
                        Quote.quoted(profile.targetColumn().name()))));
  }

  /** A column that may tell the target. */
  private abstract static class Suspect {
    private final ColumnProfile column;
    private long rows;

    Suspect(ColumnProfile column) {
      this.column = column;
    }

    void add(TableRow row, int target, List<MissingMarks> marks) {
      if (!marks.get(column.index()).contains(row.text(column.index()))) {
        rows++;
        take(row, column.index(), target);
      }
    }

    long rows() {
      return rows;
    }

    abstract void take(TableRow row, int own, int target);

    abstract boolean tells();
  }

  /** A column of few values, each of which has one class. */
  private static final class Determining extends Suspect {
    private final Map<String, String> classes = new HashMap<>();
    private boolean one = true;

    Determining(ColumnProfile column) {
      super(column);
    }

    @Override
    void take(TableRow row, int own, int target) {
      if (one) {
        String label = row.text(target);
        String known = classes.putIfAbsent(row.text(own), label);
        one = known == null || known.equals(label);
      }
    }

    @Override
    boolean tells() {
      return one && classes.values().stream().distinct().count() > 1;
    }
  }

  /** A column of numbers that are a linear function of the target. */
  private static final class Correlated extends Suspect {
    private double sumX;
    private double sumY;
    private double squaresX;
    private double squaresY;
    private double products;
    private boolean numbers = true;
    private double shiftX;
    private double shiftY;

    Correlated(ColumnProfile column) {
      super(column);
    }

    @Override
    void take(TableRow row, int own, int target) {
      double x = row.number(own);
      double y = row.number(target);
      if (!numbers || Double.isNaN(x) || Double.isNaN(y)) {
        numbers = false;
        return;
      }
      if (rows() == 1) {
        shiftX = x;
        shiftY = y;
      }
      x -= shiftX;
      y -= shiftY;
      sumX += x;
      sumY += y;
      squaresX += x * x;
      squaresY += y * y;
      products += x * y;
    }

    @Override
    boolean tells() {
      double covariance = products - sumX * sumY / rows();
      double varianceX = squaresX - sumX * sumX / rows();
      double varianceY = squaresY - sumY * sumY / rows();
      return numbers && Math.abs(covariance) > SAME * Math.sqrt(varianceX * varianceY);
    }
  }
}
