package io.tandem.graph.training;

import io.tandem.data.Inputs;
import io.tandem.graph.child.Loss;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.child.image.MovingStatistics;
import io.tandem.graph.core.Gradients;
import io.tandem.graph.core.LazyBranches;
import io.tandem.graph.core.Placement;
import io.tandem.graph.core.RuntimeSettings;
import io.tandem.graph.core.SessionConfig;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.GlobalNormClip;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.input.PlacedExamples;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The graph and session that train one network. The rows live in variables that are fed once; a
 * step takes row numbers. A step whose loss, weights, moments or statistics are not finite changes
 * nothing.
 */
public final class NetworkTraining implements AutoCloseable {
  // The share of a statistic that stays after a batch, as in the published code of ENAS.
  private static final double MOMENTUM = 0.9;

  private final Network network;
  private final Graph graph;
  private final Session session;
  private final List<Variable<TFloat32>> state = new ArrayList<>();
  private final List<Placeholder<TFloat32>> values = new ArrayList<>();
  private final List<Op> restores = new ArrayList<>();
  private final List<Op> initializers = new ArrayList<>();
  private final Placeholder<TInt32> indices;
  private final Placeholder<TInt64> seeds;
  private final Placeholder<TFloat32> factor;
  private final Placeholder<TFloat32> taken;
  private final Placeholder<TFloat32> progress;
  private final Placeholder<TFloat32> features;
  private final Placeholder<TInt32> labels;
  private final List<Op> updates = new ArrayList<>();
  private final Operand<TFloat32> loss;
  private final Operand<TBool> finite;
  private final Operand<TFloat32> scoreLoss;
  private final Operand<TInt32> scoreClass;
  private long step;
  private long dropped;

  /**
   * Builds the graph, feeds the rows and draws the initial weights.
   *
   * @param network the network
   * @param optimizer how it is trained
   * @param constants constants of the optimizer families, unless the optimizer has its own
   * @param seed decides the initial weights
   * @param rows training rows
   * @param augmentation what is done to images; nothing to rows that are none
   * @param runtime threads, device, memory, precision
   */
  public NetworkTraining(
      Network network,
      OptimizerSettings optimizer,
      InnerSettings constants,
      long seed,
      Inputs rows,
      AugmentationSettings augmentation,
      RuntimeSettings runtime) {
    this.network = network;
    graph = new Graph();
    Placement placement = Placement.of(runtime);
    Ops tf = placement.network(Ops.create(graph));
    List<Operand<TFloat32>> initial =
        network.initialWeights(
            tf,
            TFloat32.class,
            seed,
            tf.constant((float) optimizer.get(Hyperparameter.INITIAL_SCALE)));
    declareState(tf, initial);
    declareStatistics(tf);
    indices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    seeds = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    factor = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    taken = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    progress = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    features =
        tf.placeholder(
            TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, network.features())));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    PlacedExamples<TFloat32> placed = PlacedExamples.of(tf, TFloat32.class, rows);

    InnerState<TFloat32> before = innerState();
    Operand<TFloat32> x = placed.features(tf, indices);
    Operand<TInt32> y = placed.labels(tf, indices);
    float smoothing = (float) optimizer.get(Hyperparameter.LABEL_SMOOTHING);
    TrainingLoss.Pass<TFloat32> pass =
        new TrainingLoss(
                network,
                optimizer.get(Hyperparameter.AUGMENTATION),
                augmentation,
                placement.precision())
            .pass(
                tf,
                before.weights(),
                new TrainingLoss.Batch<>(x, y, new TrainingNoise<>(seeds, progress)),
                smoothing > 0 ? tf.constant(smoothing) : null);
    loss = pass.loss();
    InnerState<TFloat32> after = update(tf, optimizer, constants, before);
    Map<Variable<TFloat32>, Operand<TFloat32>> changes = changes(tf, after, pass.statistics());
    finite = tf.math.isFinite(tf.math.add(loss, magnitude(tf, changes.values())));
    Operand<TInt32> writes = tf.dtypes.cast(finite, TInt32.class);
    changes.forEach(
        (variable, value) ->
            updates.add(tf.assign(variable, LazyBranches.enter(tf, writes, 2, 1, value))));

    Operand<TFloat32> logits = network.logits(tf, before.weights(), statistics(), features);
    scoreLoss = Loss.crossEntropy(tf, logits, labels, network.classes(), null);
    scoreClass = tf.math.argMax(logits, tf.constant(1), TInt32.class);

    session = new Session(graph, SessionConfig.of(runtime));
    PlacedExamples.load(session, List.of(placed));
    run(initializers);
  }

  /**
   * Does one step.
   *
   * @param rows row numbers of the batch
   * @param draw decides dropout masks and noise
   * @param scheduleFactor factor on the learning rate
   * @param passed share of the training that has passed, in [0, 1]
   * @return the training loss before the step; not finite if the step was dropped
   */
  public double step(int[] rows, long draw, double scheduleFactor, double passed) {
    try (TInt32 batch = TInt32.vectorOf(rows);
        TInt64 seed = TInt64.vectorOf(draw, 0);
        TFloat32 factorNow = TFloat32.scalarOf((float) scheduleFactor);
        TFloat32 passedNow = TFloat32.scalarOf((float) passed);
        TFloat32 takenNow = TFloat32.scalarOf((float) (step - dropped))) {
      Session.Runner runner =
          session
              .runner()
              .feed(indices, batch)
              .feed(seeds, seed)
              .feed(factor, factorNow)
              .feed(taken, takenNow)
              .feed(progress, passedNow)
              .fetch(loss)
              .fetch(finite);
      updates.forEach(runner::addTarget);
      try (Result result = runner.run()) {
        step++;
        if (!((TBool) result.get(1)).getBoolean()) {
          dropped++;
          return Double.NaN;
        }
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** Accuracy and loss on standardised rows; not measured if there are none. */
  public Score score(Inputs rows) {
    if (rows.rows() == 0) {
      return Score.none();
    }
    double lossSum = 0;
    long correct = 0;
    int chunk = Chunks.rows(network);
    for (int start = 0; start < rows.rows(); start += chunk) {
      int count = Math.min(chunk, rows.rows() - start);
      int[] truth = Arrays.copyOfRange(rows.labels(), start, start + count);
      try (TFloat32 x =
              TFloat32.tensorOf(
                  Shape.of(count, rows.columns()),
                  DataBuffers.of(rows.features(start, start + count)));
          TInt32 y = TInt32.vectorOf(truth);
          Result result =
              session
                  .runner()
                  .feed(features, x)
                  .feed(labels, y)
                  .fetch(scoreLoss)
                  .fetch(scoreClass)
                  .run()) {
        lossSum += count * (double) ((TFloat32) result.get(0)).getFloat();
        TInt32 found = (TInt32) result.get(1);
        for (int row = 0; row < count; row++) {
          correct += found.getInt(row) == truth[row] ? 1 : 0;
        }
      }
    }
    return new Score((double) correct / rows.rows(), lossSum / rows.rows());
  }

  /** Weights, in the order of the network. */
  public List<float[]> weights() {
    return fetch(state.subList(0, network.shapes().size()));
  }

  /** What follows the training without being trained, in the order of the network. */
  public List<float[]> trainedStatistics() {
    List<Variable<TFloat32>> moving = state.subList(3 * network.shapes().size(), state.size());
    return moving.isEmpty() ? List.of() : fetch(moving);
  }

  /** Steps done, counting dropped ones. */
  public long steps() {
    return step;
  }

  /** Steps that were dropped because a number was not finite. */
  public long dropped() {
    return dropped;
  }

  /** A copy of all that changes. */
  public TrainingState state() {
    return new TrainingState(step, dropped, fetch(state));
  }

  /** Goes back to a state of a training with the same arguments. */
  public void restore(TrainingState saved) {
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (int index = 0; index < state.size(); index++) {
        Shape shape = state.get(index).shape();
        Tensor tensor = TFloat32.tensorOf(shape, DataBuffers.of(saved.tensors().get(index)));
        open.add(tensor);
        runner.feed(values.get(index), tensor);
      }
      restores.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      open.forEach(Tensor::close);
    }
    step = saved.step();
    dropped = saved.dropped();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private void declareState(Ops tf, List<Operand<TFloat32>> initial) {
    for (int part = 0; part < 3; part++) {
      for (int index = 0; index < initial.size(); index++) {
        Shape shape = network.shapes().get(index);
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        Operand<TFloat32> first = part == 0 ? initial.get(index) : tf.zerosLike(initial.get(index));
        declare(tf, variable, value, first);
      }
    }
  }

  /** Means begin at 0, variances at 1: what a batch has where nothing is known yet. */
  private void declareStatistics(Ops tf) {
    List<Shape> shapes = network.statisticShapes();
    for (int index = 0; index < shapes.size(); index++) {
      Shape shape = shapes.get(index);
      boolean mean = network.statisticNames().get(index).endsWith("mean");
      declare(
          tf,
          tf.variable(shape, TFloat32.class),
          tf.placeholder(TFloat32.class, Placeholder.shape(shape)),
          tf.fill(tf.constant(shape.asArray()), tf.constant(mean ? 0f : 1f)));
    }
  }

  private void declare(
      Ops tf, Variable<TFloat32> variable, Placeholder<TFloat32> value, Operand<TFloat32> first) {
    state.add(variable);
    values.add(value);
    restores.add(tf.assign(variable, value));
    initializers.add(tf.assign(variable, first));
  }

  private List<Operand<TFloat32>> statistics() {
    return List.copyOf(state.subList(3 * network.shapes().size(), state.size()));
  }

  private InnerState<TFloat32> innerState() {
    int count = network.shapes().size();
    List<Operand<TFloat32>> all = List.copyOf(state);
    return new InnerState<>(
        all.subList(0, count),
        all.subList(count, 2 * count),
        all.subList(2 * count, 3 * count),
        taken);
  }

  private InnerState<TFloat32> update(
      Ops tf, OptimizerSettings optimizer, InnerSettings constants, InnerState<TFloat32> before) {
    Map<Hyperparameter, Operand<TFloat32>> scalars = new EnumMap<>(Hyperparameter.class);
    optimizer.values().forEach((name, value) -> scalars.put(name, tf.constant(value.floatValue())));
    OptimizerTensors<TFloat32> tensors = new OptimizerTensors<>(tf.constant(0), scalars, factor);
    List<Operand<TFloat32>> gradients =
        GlobalNormClip.apply(
            tf,
            Gradients.of(tf, loss, before.weights()),
            tf.constant((float) optimizer.get(Hyperparameter.CLIP_NORM)));
    return FamilySwitch.update(optimizer.family(), constants.of(optimizer))
        .apply(tf, tensors, before, gradients);
  }

  /** What a step replaces: families leave the slots that they do not use. */
  private Map<Variable<TFloat32>, Operand<TFloat32>> changes(
      Ops tf, InnerState<TFloat32> after, List<Operand<TFloat32>> ofBatch) {
    List<Operand<TFloat32>> wanted = new ArrayList<>(after.weights());
    wanted.addAll(after.slots());
    List<Operand<TFloat32>> old = statistics();
    for (int index = 0; index < old.size(); index++) {
      wanted.add(MovingStatistics.moved(tf, old.get(index), ofBatch.get(index), MOMENTUM));
    }
    Map<Variable<TFloat32>, Operand<TFloat32>> changes = new LinkedHashMap<>();
    for (int index = 0; index < state.size(); index++) {
      if (!wanted.get(index).asOutput().equals(state.get(index).asOutput())) {
        changes.put(state.get(index), wanted.get(index));
      }
    }
    return changes;
  }

  private static Operand<TFloat32> magnitude(Ops tf, Collection<Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> norms = new ArrayList<>();
    tensors.forEach(tensor -> norms.add(tf.nn.l2Loss(tensor)));
    return tf.math.addN(norms);
  }

  private void run(List<Op> targets) {
    Session.Runner runner = session.runner();
    targets.forEach(runner::addTarget);
    runner.run().close();
  }

  private List<float[]> fetch(List<Variable<TFloat32>> variables) {
    Session.Runner runner = session.runner();
    variables.forEach(runner::fetch);
    List<float[]> arrays = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int index = 0; index < result.size(); index++) {
        arrays.add(Tensors.floats(result.get(index)));
      }
    }
    return arrays;
  }
}
