package io.tandem.outcome;

import java.util.Arrays;

/**
 * What is to be predicted for the rows of a data set. The arrays are handed out as they are,
 * because they are large; nobody writes to them.
 */
public sealed interface Targets permits Targets.Labels, Targets.Numbers {
  /** Number of rows. */
  int rows();

  /** The kind of the targets: classes or numbers. */
  Outcome outcome();

  /** A copy of some rows, in the given order. */
  Targets select(int... chosen);

  /** These rows followed by those of another set with the same outcome. */
  Targets concat(Targets other);

  /** Mean loss of predicting the same for every row, without a look at it: more than 0. */
  double guessingLoss();

  /**
   * How well networks do on some rows, 1 at best: of classes the share that is right, of numbers
   * the coefficient of determination (R², mean over the columns) of the standardised values; where
   * these are all equal, 1 minus the mean squared error.
   *
   * @param tally of classes how many rows are right, of numbers for each column the sum of the
   *     squared errors
   * @param chosen the rows
   * @return NaN without rows
   */
  double score(double[] tally, int... chosen);

  /** The same for all rows. */
  default double score(double... tally) {
    int[] all = new int[rows()];
    Arrays.setAll(all, row -> row);
    return score(tally, all);
  }

  private static void requireSame(Targets first, Targets second) {
    if (!first.outcome().equals(second.outcome())) {
      throw new IllegalArgumentException("the sets have different classes or targets");
    }
  }

  /**
   * Classes.
   *
   * @param values index of the class of each row
   * @param outcome the classes
   */
  record Labels(int[] values, Outcome.Classes outcome) implements Targets {
    /** Checks the labels. */
    public Labels {
      for (int label : values) {
        if (label < 0 || label >= outcome.outputs()) {
          throw new IllegalArgumentException(
              "label " + label + " of " + outcome.outputs() + " classes");
        }
      }
    }

    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public Labels select(int... chosen) {
      int[] selected = new int[chosen.length];
      for (int row = 0; row < chosen.length; row++) {
        selected[row] = values[chosen[row]];
      }
      return new Labels(selected, outcome);
    }

    @Override
    public Labels concat(Targets other) {
      requireSame(this, other);
      int[] more = ((Labels) other).values;
      int[] joined = Arrays.copyOf(values, values.length + more.length);
      System.arraycopy(more, 0, joined, values.length, more.length);
      return new Labels(joined, outcome);
    }

    @Override
    public double guessingLoss() {
      return Math.log(outcome.outputs());
    }

    @Override
    public double score(double[] tally, int... chosen) {
      return tally[0] / chosen.length;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Labels other
          && Arrays.equals(values, other.values)
          && outcome.equals(other.outcome);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return values.length + " labels";
    }
  }

  /**
   * Numbers.
   *
   * @param values standardised as the outcome says, row-major {@code [rows, outputs]}
   * @param outcome the columns
   */
  record Numbers(float[] values, Outcome.Numbers outcome) implements Targets {
    /** Checks the size. */
    public Numbers {
      if (values.length % outcome.outputs() != 0) {
        throw new IllegalArgumentException(
            values.length + " values are no rows of " + outcome.outputs());
      }
    }

    /**
     * Standardises values.
     *
     * @param raw as in the table, row-major {@code [rows, outputs]}
     * @param outcome the columns
     */
    public static Numbers of(double[] raw, Outcome.Numbers outcome) {
      float[] values = new float[raw.length];
      for (int index = 0; index < raw.length; index++) {
        values[index] = (float) outcome.standardised(raw[index], index % outcome.outputs());
      }
      return new Numbers(values, outcome);
    }

    @Override
    public int rows() {
      return values.length / outcome.outputs();
    }

    @Override
    public Numbers select(int... chosen) {
      int outputs = outcome.outputs();
      float[] selected = new float[chosen.length * outputs];
      for (int row = 0; row < chosen.length; row++) {
        System.arraycopy(values, chosen[row] * outputs, selected, row * outputs, outputs);
      }
      return new Numbers(selected, outcome);
    }

    @Override
    public Numbers concat(Targets other) {
      requireSame(this, other);
      float[] more = ((Numbers) other).values;
      float[] joined = Arrays.copyOf(values, values.length + more.length);
      System.arraycopy(more, 0, joined, values.length, more.length);
      return new Numbers(joined, outcome);
    }

    @Override
    public double guessingLoss() {
      double sum = 0;
      for (float value : values) {
        sum += outcome.loss().of(value);
      }
      return Math.max(Double.MIN_NORMAL, sum / Math.max(1, values.length));
    }

    @Override
    public double score(double[] tally, int... chosen) {
      int outputs = outcome.outputs();
      double sum = 0;
      for (int output = 0; output < outputs; output++) {
        sum += 1 - tally[output] / spread(output, chosen);
      }
      return chosen.length == 0 ? Double.NaN : sum / outputs;
    }

    /** Sum of the squared distances from the mean. */
    private double spread(int output, int... chosen) {
      int outputs = outcome.outputs();
      double mean = 0;
      for (int row : chosen) {
        mean += values[row * outputs + output] / chosen.length;
      }
      double squares = 0;
      boolean varies = false;
      for (int row : chosen) {
        float value = values[row * outputs + output];
        squares += (value - mean) * (value - mean);
        varies |= value != values[chosen[0] * outputs + output];
      }
      // Where all rows have the same value, errors are compared with the training part.
      return varies ? squares : chosen.length;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Numbers other
          && Arrays.equals(values, other.values)
          && outcome.equals(other.outcome);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return rows() + " rows of " + outcome.outputs() + " numbers";
    }
  }
}
