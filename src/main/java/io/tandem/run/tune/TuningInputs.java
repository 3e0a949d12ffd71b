package io.tandem.run.tune;

import io.tandem.data.Batches;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Seeds;
import io.tandem.data.Standardisation;
import io.tandem.graph.tuning.TuningData;
import io.tandem.graph.tuning.TuningSettings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a training draws on, from an experiment's data.
 *
 * @param data the three parts
 * @param training the training
 * @param standardise whether features are given mean 0 and standard deviation 1
 */
public record TuningInputs(DataSplit data, TuningSettings training, boolean standardise) {
  /** Rows, and the draws of a seed. */
  public TuningData data(long seed) {
    return new TuningData(
        rows(data.train()),
        rows(data.validation()),
        batches(seed),
        weightSeed(seed),
        Seeds.of(seed, "tune/noise", 0));
  }

  /** Number of rows that a training can draw from. */
  private int all() {
    return training.learntRows() > 0 ? training.learntRows() : data.train().rows();
  }

  /** Rows of a batch. */
  int batch() {
    return Math.min(training.batch(), all());
  }

  /** Row numbers of every step; one list where every step has all rows. */
  List<int[]> batches(long seed) {
    if (batch() == all()) {
      return List.of(IntStream.range(0, all()).toArray());
    }
    Batches stream = new Batches(all(), batch(), seed, "tune/batches");
    return IntStream.range(0, training.steps()).mapToObj(stream::indices).toList();
  }

  /** Decides the initial weights. */
  static long weightSeed(long seed) {
    return Seeds.of(seed, "tune/weights", 0);
  }

  /** What is done to features; nothing where they are not standardised. */
  Standardisation standardisation() {
    return standardise ? data.standardisation() : Standardisation.none(data.train().columns());
  }

  /** The rows of a part as the network sees them. */
  Inputs rows(Dataset raw) {
    return new Inputs(raw, standardisation());
  }
}
