package io.tandem.testing;

import java.util.ArrayList;
import java.util.List;

/** Overrides of the default experiment for a whole run in about a second. */
public final class TinySearch {
  /** Outer steps of the search. */
  public static final int STEPS = 6;

  private TinySearch() {}

  /** The overrides, each {@code path=value}. */
  public static List<String> overrides() {
    return List.of(
        "space.perceptron.layers=1",
        "space.perceptron.units=8",
        "space.perceptron.activations=RELU,TANH",
        "space.perceptron.dropouts=0.1",
        "space.perceptron.skips=false",
        "space.optimizer.families=MOMENTUM",
        "space.optimizer.schedules=COSINE",
        "controller.lstm_units=8",
        "search.batch=32",
        "search.validation_batch=32",
        "search.shared_steps=2",
        "search.samples=2",
        "search.derive.samples=3",
        "search.derive.keep=2",
        "search.derive.examples=640",
        "search.budget.examples=" + (384 * STEPS + 3 * 1010 + 2 * 1010),
        "retrain.examples=4000",
        "retrain.checkpoint_every=40",
        "report.checkpoint_every=2",
        "export.batch_sizes=1");
  }

  /** Overrides of a search alone, of networks that see the digits as images, in a few seconds. */
  public static List<String> searchOfImages() {
    return List.of(
        "space.optimizer.families=MOMENTUM",
        "space.optimizer.schedules=COSINE",
        "data.augmentation.shift=1",
        "controller.lstm_units=8",
        "search.batch=16",
        "search.validation_batch=32",
        "search.shared_steps=2",
        "search.samples=2",
        "search.derive.samples=3",
        "search.derive.keep=2",
        "search.derive.examples=320",
        "search.budget.examples=4000",
        "report.checkpoint_every=2",
        "report.tensorboard=false");
  }

  /** Overrides of a whole run with networks that see the digits as images. */
  public static List<String> ofImages() {
    List<String> overrides = new ArrayList<>(searchOfImages());
    overrides.addAll(
        List.of(
            "space.macro.layers=2",
            "space.macro.filters=4",
            "space.macro.operations=CONV_3X3,MAX_POOL_3X3",
            "retrain.examples=600",
            "retrain.checkpoint_every=4",
            "export.batch_sizes=1"));
    return List.copyOf(overrides);
  }

  /** The overrides as arguments of a command. */
  public static List<String> arguments() {
    return overrides().stream().flatMap(set -> List.of("--set", set).stream()).toList();
  }
}
