package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Permutation;
import io.tandem.data.Quote;
import io.tandem.data.Seeds;
import io.tandem.data.SplitSettings;
import io.tandem.data.StratifiedSplit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What a column says about the part that a row belongs to. */
sealed interface RowDivision permits RowDivision.Groups, RowDivision.Times {
  /** Number of parts. */
  int PARTS = 3;

  /**
   * Divides the rows.
   *
   * @param file name of the table
   * @param settings shares of the parts
   * @param seed seed of the run
   * @throws DataException if a part would be empty
   */
  StratifiedSplit split(String file, SplitSettings settings, long seed);

  /**
   * Groups of rows, each of which is in one part.
   *
   * @param groups number of the group of each row
   * @param count number of groups
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  record Groups(int[] groups, int count) implements RowDivision {
    /** Groups in a random order, each for the part that lacks the most rows. */
    @Override
    public StratifiedSplit split(String file, SplitSettings settings, long seed) {
      if (count < PARTS) {
        throw new DataException(
            Quote.format(
                "%s: %d %s (data.split.group), expected at least %d, one for each part; name another"
                    + " column",
                file, count, count == 1 ? "group" : "groups", PARTS));
      }
      double[] lacking = {
        settings.train() * groups.length,
        settings.validation() * groups.length,
        settings.test() * groups.length
      };
      int[] sizes = new int[count];
      for (int group : groups) {
        sizes[group]++;
      }
      int[] part = new int[count];
      int[] order = Permutation.of(count, Seeds.of(seed, "split/groups", 0));
      for (int place = 0; place < count; place++) {
        int group = order[place];
        part[group] = place < PARTS ? place : largest(lacking);
        lacking[part[group]] -= sizes[group];
      }
      int[] parts = Arrays.stream(groups).map(group -> part[group]).toArray();
      return new StratifiedSplit(rows(parts, 0), rows(parts, 1), rows(parts, 2));
    }

    private static int largest(double... values) {
      int largest = 0;
      for (int index = 1; index < values.length; index++) {
        largest = values[index] > values[largest] ? index : largest;
      }
      return largest;
    }

    private static int[] rows(int[] parts, int wanted) {
      return IntStream.range(0, parts.length).filter(row -> parts[row] == wanted).toArray();
    }
  }

  /**
   * Times of rows: the first are for training, the last for the test.
   *
   * @param times one for each row
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  record Times(double[] times) implements RowDivision {
    /** Rows of the same time are in the same part. */
    @Override
    public StratifiedSplit split(String file, SplitSettings settings, long seed) {
      int[] order =
          IntStream.range(0, times.length)
              .boxed()
              .sorted(Comparator.comparing(row -> times[row]))
              .mapToInt(Integer::intValue)
              .toArray();
      int first = cut(order, settings.train());
      int second = cut(order, settings.train() + settings.validation());
      if (first == 0 || second <= first || second == order.length) {
        throw new DataException(
            Quote.format(
                "%s: %d rows with %d different times (data.split.time) leave a part empty, expected"
                    + " more; name another column, or change the shares in data.split",
                file, times.length, Arrays.stream(times).distinct().count()));
      }
      return new StratifiedSplit(
          sorted(order, 0, first),
          sorted(order, first, second),
          sorted(order, second, order.length));
    }

    /** The place nearest to a share where the time changes. */
    private int cut(int[] order, double share) {
      int wanted = (int) Math.round(share * order.length);
      int before = wanted;
      while (before > 0 && before < order.length && isSame(order, before)) {
        before--;
      }
      int after = wanted;
      while (after > 0 && after < order.length && isSame(order, after)) {
        after++;
      }
      return wanted - before <= after - wanted ? before : after;
    }

    private boolean isSame(int[] order, int place) {
      return times[order[place]] == times[order[place - 1]];
    }

    private static int[] sorted(int[] order, int from, int to) {
      int[] rows = Arrays.copyOfRange(order, from, to);
      Arrays.sort(rows);
      return rows;
    }
  }
}
