package io.tandem.graph.training;

import io.tandem.data.Inputs;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.child.image.MovingStatistics;
import io.tandem.graph.core.Reals;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.input.PlacedExamples;
import io.tandem.graph.objective.BatchTargets;
import io.tandem.graph.objective.FedTargets;
import io.tandem.graph.objective.Temperatures;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.session.SumOrder;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
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
  private final TrainingVariables variables = new TrainingVariables();
  private final int weights;
  private final Placeholder<TInt32> indices;
  private final Placeholder<TInt64> seeds;
  private final Placeholder<TFloat32> factor;
  private final Placeholder<TFloat32> taken;
  private final Placeholder<TFloat32> progress;
  private final Placeholder<TFloat32> features;
  private final FedTargets<TFloat32> targets;
  private final Operand<TFloat32> loss;
  private final GuardedChanges changes;
  private final Operand<TFloat64> scoreLosses;
  private final Operand<TFloat64> scoreTally;
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
    weights = network.shapes().size();
    variables.declareWithSlots(tf, network.shapes(), initial);
    declareStatistics(tf);
    indices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    seeds = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    factor = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    taken = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    progress = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    features =
        tf.placeholder(
            TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, network.features())));
    targets = new FedTargets<>(tf, TFloat32.class, rows.targets().outcome());
    PlacedExamples<TFloat32> placed = PlacedExamples.of(tf, TFloat32.class, rows);

    InnerState<TFloat32> before = variables.withSlots(weights, taken);
    Operand<TFloat32> x = placed.features(tf, indices);
    BatchTargets<TFloat32> y = placed.targets(tf, indices);
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
                OptimizerStep.lossShape(tf, optimizer, rows.classWeights()));
    loss = pass.loss();
    InnerState<TFloat32> after =
        new OptimizerStep(optimizer, constants).add(tf, loss, before, factor);
    changes = new GuardedChanges(tf, loss, variables.list(), wanted(tf, after, pass.statistics()));

    Operand<TFloat32> logits = network.logits(tf, before.weights(), statistics(), features);
    scoreLosses = targets.batch().judged(tf, logits);
    scoreTally = targets.batch().tally(tf, logits);

    SumOrder.keep(graph);
    session = new Session(graph, SessionConfig.of(runtime));
    PlacedExamples.load(session, List.of(placed));
    variables.initialise(session);
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
              .fetch(changes.finite());
      changes.assignments().forEach(runner::addTarget);
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

  /** Score and losses on standardised rows; not measured if there are none. */
  public Score score(Inputs rows) {
    if (rows.rows() == 0) {
      return Score.none();
    }
    double[] losses = new double[Math.toIntExact(scoreLosses.shape().size())];
    double[] tallied = new double[Math.toIntExact(scoreTally.shape().size())];
    int chunk = Chunks.rows(network);
    for (int start = 0; start < rows.rows(); start += chunk) {
      int count = Math.min(chunk, rows.rows() - start);
      List<Tensor> open = new ArrayList<>();
      try {
        TFloat32 x =
            TFloat32.tensorOf(
                Shape.of(count, rows.columns()),
                DataBuffers.of(rows.features(start, start + count)));
        open.add(x);
        Session.Runner runner = session.runner().feed(features, x);
        targets.feed(runner, rows.targets(), start, start + count, open);
        try (Result result = runner.fetch(scoreLosses).fetch(scoreTally).run()) {
          double[] means = Reals.of((TFloat64) result.get(0));
          for (int place = 0; place < losses.length; place++) {
            losses[place] += means[place] * count / rows.rows();
          }
          double[] own = Reals.of((TFloat64) result.get(1));
          for (int place = 0; place < own.length; place++) {
            tallied[place] += own[place];
          }
        }
      } finally {
        open.forEach(Tensor::close);
      }
    }
    return new Score(
        rows.targets().score(tallied), Temperatures.plain(losses), Temperatures.best(losses));
  }

  /** Weights, in the order of the network. */
  public List<float[]> weights() {
    return variables.values(session, 0, weights);
  }

  /** What follows the training without being trained, in the order of the network. */
  public List<float[]> trainedStatistics() {
    return variables.values(session, 3 * weights, variables.list().size());
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
    return new TrainingState(step, dropped, variables.values(session));
  }

  /** Goes back to a state of a training with the same arguments. */
  public void restore(TrainingState saved) {
    variables.restore(session, saved.tensors());
    step = saved.step();
    dropped = saved.dropped();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** Means begin at 0, variances at 1: what a batch has where nothing is known yet. */
  private void declareStatistics(Ops tf) {
    List<Shape> shapes = network.statisticShapes();
    for (int index = 0; index < shapes.size(); index++) {
      Shape shape = shapes.get(index);
      boolean mean = network.statisticNames().get(index).endsWith("mean");
      variables.declare(
          tf, shape, tf.fill(tf.constant(shape.asArray()), tf.constant(mean ? 0f : 1f)));
    }
  }

  private List<Operand<TFloat32>> statistics() {
    return variables.operands(3 * weights, variables.list().size());
  }

  /** What a step leaves in all variables. */
  private List<Operand<TFloat32>> wanted(
      Ops tf, InnerState<TFloat32> after, List<Operand<TFloat32>> ofBatch) {
    List<Operand<TFloat32>> wanted = new ArrayList<>(after.weights());
    wanted.addAll(after.slots());
    List<Operand<TFloat32>> old = statistics();
    for (int index = 0; index < old.size(); index++) {
      wanted.add(MovingStatistics.moved(tf, old.get(index), ofBatch.get(index), MOMENTUM));
    }
    return wanted;
  }
}
