package io.tandem.bench;

import io.tandem.data.text.Vocabulary;
import io.tandem.graph.child.Part;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.RecurrentNetwork;
import io.tandem.graph.child.text.TrainedLanguageModel;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.joint.MeasuredLanguages;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.training.LanguageTraining;
import io.tandem.space.Candidate;
import io.tandem.space.CellActivation;
import io.tandem.space.Decision;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.Range;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.space.RecurrentSpace;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Language models of recurrent cells on a text of random words, with all that steadies their
 * training by default.
 *
 * @param nodes behind node 0
 * @param hidden size of embedding, state and nodes
 * @param vocabulary number of different words
 * @param batch windows of a step
 * @param length words of a window
 */
record LanguageWorkload(int nodes, int hidden, int vocabulary, int batch, int length) {
  static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);
  private static final LanguageRegularisation REGULARISATION =
      new LanguageRegularisation(0.1, 0.3, 0.2, 0.3, 0, 1e-3);
  private static final int TOKENS = 100_000;

  /** The sizes behind the number of runs, as far as they are given. */
  LanguageWorkload with(String[] arguments) {
    int[] sizes = {hidden, vocabulary, batch, length, nodes};
    for (int place = 0; place < sizes.length && place + 1 < arguments.length; place++) {
      sizes[place] = Integer.parseInt(arguments[place + 1]);
    }
    return new LanguageWorkload(sizes[4], sizes[0], sizes[1], sizes[2], sizes[3]);
  }

  /** The sizes as arguments. */
  List<String> sizes() {
    return List.of(
        Integer.toString(hidden),
        Integer.toString(vocabulary),
        Integer.toString(batch),
        Integer.toString(length),
        Integer.toString(nodes));
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "recurrent cells of %d nodes, width %d, %d words, windows of %d x %d, SGD",
        nodes,
        hidden,
        vocabulary,
        batch,
        length);
  }

  private RecurrentSpace space() {
    return new RecurrentSpace(
        nodes, hidden, List.of(CellActivation.values()), false, REGULARISATION);
  }

  /** A cell that is drawn uniformly. */
  Candidate draw(SplittableRandom random) {
    List<Integer> drawn = new ArrayList<>();
    for (Decision decision : space().decisions()) {
      drawn.add(random.nextInt(((Decision.Categorical) decision).options()));
    }
    return new Candidate(space().decode(drawn.iterator()), optimizer());
  }

  /** Where the windows of a step begin. */
  int[] starts(SplittableRandom random) {
    return random.ints(batch, 0, TOKENS - length).toArray();
  }

  /**
   * The shared weights.
   *
   * @param steps inner steps
   * @param estimator of the response
   * @param searched whether learning rate and weight decay are searched, not fixed
   */
  MeasuredLanguages child(int steps, HypergradientEstimator estimator, boolean searched) {
    return new MeasuredLanguages(
        new SearchSpace(space(), searched ? searched() : OptimizerSpace.fixed(optimizer())),
        space(),
        new Candidate(space().largest(), optimizer()),
        new MeasuredLanguages.Reading(tokens(), vocabulary, length, batch),
        steps,
        estimator,
        RUNTIME);
  }

  /** The training of a cell's own model. */
  LanguageTraining dedicated(Candidate candidate) {
    RecurrentArchitecture cell = candidate.architecture().recurrent();
    return new LanguageTraining(
        new RecurrentNetwork(
            cell, false, new LanguageShape(vocabulary, hidden, length), REGULARISATION),
        candidate.optimizer(),
        new InnerSettings(1, 0.999, 1e-8),
        1,
        new LanguageTraining.Reading(tokens(), batch, false),
        RUNTIME);
  }

  /** The model of a random cell with random weights. */
  TrainedLanguageModel drawn(SplittableRandom random, Vocabulary words) {
    RecurrentNetwork network =
        new RecurrentNetwork(
            draw(random).architecture().recurrent(),
            false,
            new LanguageShape(vocabulary, hidden, length),
            REGULARISATION);
    List<float[]> weights = new ArrayList<>();
    for (Part part : network.parts().list()) {
      float[] values = new float[part.size()];
      for (int place = 0; place < values.length; place++) {
        values[place] = (float) (part.deviation() * random.nextGaussian());
      }
      weights.add(values);
    }
    return new TrainedLanguageModel(network, weights, words);
  }

  private int[] tokens() {
    return new SplittableRandom(2).ints(TOKENS, 0, vocabulary).toArray();
  }

  private static OptimizerSpace searched() {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    optimizer().values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(0.1, 50));
    ranges.put(Hyperparameter.WEIGHT_DECAY, new Range(1e-8, 1e-3));
    return new OptimizerSpace(List.of(OptimizerFamily.SGD), List.of(Schedule.CONSTANT), ranges, 0);
  }

  private static OptimizerSettings optimizer() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 1.0);
    values.put(Hyperparameter.WEIGHT_DECAY, 8e-7);
    values.put(Hyperparameter.CLIP_NORM, 0.25);
    values.put(Hyperparameter.AUGMENTATION, 1.0);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values);
  }
}
