package io.tandem.report;

import io.tandem.disk.RunManifest;
import io.tandem.report.journal.JournalEntry;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small values of every kind that a run writes. */
public final class Samples {
  public static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");

  private Samples() {}

  public static RunManifest manifest() {
    return new RunManifest("digits", 7, "joint", "tandem search", BEGAN, "0.1.0", "abc");
  }

  public static Candidate candidate() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.1 + hyperparameter.ordinal() / 3.0);
    }
    values.put(Hyperparameter.BETA2, 0.96875);
    values.put(Hyperparameter.WARMUP, 0.125);
    return new Candidate(
        new PerceptronArchitecture(
            List.of(
                new PerceptronArchitecture.Layer(64, Activation.RELU, 0.1, List.of()),
                new PerceptronArchitecture.Layer(32, Activation.GELU, 0, List.of(0)))),
        new OptimizerSettings(OptimizerFamily.ADAM, Schedule.COSINE, values));
  }

  public static JournalEntry.Step step(long step) {
    return new JournalEntry.Step(
        step, 1.5, 2.5, 2.25, 0.5, -2.25, 3, 0.25, 0.125, Double.NaN, 1, 100 * step, 0.5 * step);
  }

  public static JournalEntry.Tried tried(long index, double accuracy) {
    return new JournalEntry.Tried("derive", index, 0.75, accuracy, 0.7, candidate(), 1000, 12.5);
  }

  public static Results results() {
    return new Results(0.97, 0.98, candidate(), Optional.empty(), 5000, 42.5, 7, "model");
  }
}
