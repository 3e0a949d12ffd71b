package io.tandem.graph.tuning;

import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.GlobalNormClip;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.SecondMoment;
import io.tandem.graph.objective.LossShape;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.training.TrainingLoss;
import io.tandem.space.Course;
import io.tandem.space.Hyperparameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * One step of a training from scratch and its derivative, in a graph whose size does not depend on
 * the number of steps. A state is one tensor, which goes in and comes out; the rows stay in the
 * graph. Tensors that are handed out are the caller's to close.
 *
 * @param <T> float32 or float64
 */
final class ScratchProgram<T extends TFloating> implements AutoCloseable {
  // Every step has room for the streams of its layers and its noise.
  private static final long STREAMS_OF_A_STEP = 1L << 33;

  private final Class<T> type;
  private final ScratchTraining training;
  private final TuningData data;
  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf;
  private final Placeholder<T> state;
  private final Placeholder<T> adjoint;
  private final Placeholder<TFloat64> values;
  private final Placeholder<TFloat64> factor;
  private final Placeholder<TFloat64> taken;
  private final Placeholder<TInt32> batch;
  private final Placeholder<TInt64> seeds;
  private final Operand<T> start;
  private final Operand<TFloat64> loss;
  private final Operand<T> after;
  private final Operand<T> adjointBefore;
  private final Operand<TFloat64> share;
  private final Operand<TFloat64> outerLoss;
  private final Operand<TFloat64> score;
  private final Operand<T> outerAdjoint;

  ScratchProgram(
      Class<T> type, ScratchTraining training, TuningData data, RuntimeSettings runtime) {
    this.type = type;
    this.training = training;
    this.data = data;
    session = new Session(graph, SessionConfig.ofBranches(runtime));
    Placement placement = Placement.of(runtime);
    tf = placement.network(Ops.create(graph));
    PerceptronNetwork network =
        new PerceptronNetwork(
            training.architecture(), RowInput.of(data.training().examples()), data.outputs());
    StateVector vector = new StateVector(network, training.rule());
    Shape shape = Shape.of(vector.size());
    state = tf.placeholder(type, Placeholder.shape(shape));
    adjoint = tf.placeholder(type, Placeholder.shape(shape));
    values = number(Shape.of(training.targets().size()));
    factor = number(Shape.scalar());
    taken = number(Shape.scalar());
    batch = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    seeds = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    PlacedRows<T> rows = PlacedRows.load(tf, session, data.training(), type);
    PlacedRows<T> outer = PlacedRows.load(tf, session, data.validation(), type);

    Operand<T> scale = Scalars.of(tf, training.optimizer().get(Hyperparameter.INITIAL_SCALE), type);
    start = vector.fresh(tf, network.initialWeights(tf, type, data.weightSeed(), scale));

    Operand<T> tuned = tf.dtypes.cast(values, type);
    List<Operand<T>> before = vector.cut(tf, state);
    InnerState<T> from = vector.state(tf, before, tf.dtypes.cast(taken, type));
    TrainingLoss objective =
        new TrainingLoss(
            network, training.optimizer().get(Hyperparameter.AUGMENTATION), placement.precision());
    Operand<T> trainingLoss =
        objective.of(
            tf,
            from.weights(),
            new TrainingLoss.Batch<>(
                tf.gather(rows.features(), batch, tf.constant(0)),
                rows.targets().gather(tf, batch),
                // Fully connected networks have no noise that grows.
                new TrainingNoise<>(seeds, Scalars.of(tf, 0, type))),
            shape(tuned));
    OptimizerTensors<T> optimizer = optimizer(tuned);
    List<Operand<T>> gradients =
        GlobalNormClip.apply(tf, optimizer, Gradients.of(tf, trainingLoss, from.weights()));
    InnerState<T> to =
        training
            .rule()
            .update(training.constants().of(training.optimizer()))
            .apply(tf, optimizer, from, gradients);
    List<Operand<T>> next = vector.tensors(to);
    loss = wide(trainingLoss);
    after = vector.join(tf, next);

    List<Operand<T>> by = new ArrayList<>(before);
    by.add(tuned);
    List<Operand<T>> products = Gradients.product(tf, next, vector.cut(tf, adjoint), by);
    adjointBefore = vector.join(tf, products.subList(0, before.size()));
    share = wide(products.get(before.size()));

    Operand<T> logits = network.logits(tf, from.weights(), outer.features());
    Operand<T> judged = outer.targets().loss(tf, logits, LossShape.plain());
    outerLoss = wide(judged);
    score = outer.targets().score(tf, logits);
    outerAdjoint = vector.join(tf, Gradients.of(tf, judged, before));
  }

  /**
   * A step taken.
   *
   * @param state after it
   * @param loss training loss before it
   */
  record Step(Tensor state, double loss) {}

  /**
   * A step passed backwards.
   *
   * @param adjoint derivative of the outer loss by the state before the step
   * @param share what the step adds to the derivative by the tuned values
   */
  record Back(Tensor adjoint, double[] share) {}

  /**
   * What a state is worth.
   *
   * @param loss outer loss
   * @param score how well the network does on the validation rows, 1 at best
   * @param adjoint derivative of the outer loss by the state
   */
  record Judgement(double loss, double score, Tensor adjoint) {}

  /** The state before the first step. */
  Tensor start() {
    return kept(session.runner().fetch(start).run(), 0);
  }

  /** Takes a step with some values of what is tuned. */
  Step forward(Tensor before, double[] tunedValues, int step) {
    try (Feeds feeds = new Feeds(tunedValues, step)) {
      Result result = feeds.runner(before).fetch(loss).fetch(after).run();
      double known = TuningGraph.doubles(result.get(0))[0];
      return new Step(kept(result, 1), known);
    }
  }

  /** Passes a step backwards, with the derivative by the state after it. */
  Back back(Tensor before, Tensor adjointAfter, double[] tunedValues, int step) {
    try (Feeds feeds = new Feeds(tunedValues, step)) {
      Result result =
          feeds.runner(before).feed(adjoint, adjointAfter).fetch(share).fetch(adjointBefore).run();
      double[] part = TuningGraph.doubles(result.get(0));
      return new Back(kept(result, 1), part);
    }
  }

  /** Judges a state. */
  Judgement judge(Tensor last) {
    Result result =
        session.runner().feed(state, last).fetch(outerLoss).fetch(score).fetch(outerAdjoint).run();
    double known = TuningGraph.doubles(result.get(0))[0];
    double right = TuningGraph.doubles(result.get(1))[0];
    return new Judgement(known, right, kept(result, 2));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** One tensor of a result, whose others are closed. */
  private static Tensor kept(Result result, int position) {
    for (int index = 0; index < result.size(); index++) {
      if (index != position) {
        result.get(index).close();
      }
    }
    return result.get(position);
  }

  /** What a step depends on besides the state. */
  private final class Feeds implements AutoCloseable {
    private final List<Tensor> open = new ArrayList<>();

    Feeds(double[] tunedValues, int step) {
      double epochs =
          (double) training.steps() * data.batches().get(0).length / data.training().rows();
      Course course =
          new Course((double) step / training.steps(), epochs, training.constants().restarts());
      open.add(TFloat64.vectorOf(tunedValues));
      open.add(TFloat64.scalarOf(training.optimizer().factor(course).value()));
      open.add(TFloat64.scalarOf(step));
      open.add(TInt32.vectorOf(data.batches().get(step % data.batches().size())));
      open.add(TInt64.vectorOf(data.noiseSeed(), step * STREAMS_OF_A_STEP));
    }

    Session.Runner runner(Tensor before) {
      return session
          .runner()
          .feed(state, before)
          .feed(values, open.get(0))
          .feed(factor, open.get(1))
          .feed(taken, open.get(2))
          .feed(batch, open.get(3))
          .feed(seeds, open.get(4));
    }

    @Override
    public void close() {
      open.forEach(Tensor::close);
    }
  }

  private Placeholder<TFloat64> number(Shape shape) {
    return tf.placeholder(TFloat64.class, Placeholder.shape(shape));
  }

  private Operand<TFloat64> wide(Operand<T> tensor) {
    return tf.dtypes.cast(tensor, TFloat64.class);
  }

  private @Nullable Operand<T> find(Operand<T> tuned, Target target) {
    for (int index = 0; index < training.targets().size(); index++) {
      if (training.targets().get(index).target() == target) {
        return tf.gather(tuned, tf.constant(index), tf.constant(0));
      }
    }
    return null;
  }

  private LossShape<T> shape(Operand<T> tuned) {
    return LossShape.of(
        tf,
        name -> {
          Operand<T> own =
              name == Hyperparameter.LABEL_SMOOTHING ? find(tuned, Target.LABEL_SMOOTHING) : null;
          double fixed = training.optimizer().get(name);
          return own == null && fixed != 0 ? Scalars.of(tf, fixed, type) : own;
        },
        type,
        data.training().classWeights());
  }

  private OptimizerTensors<T> optimizer(Operand<T> tuned) {
    Map<Hyperparameter, Operand<T>> scalars = new EnumMap<>(Hyperparameter.class);
    training
        .optimizer()
        .values()
        .forEach((name, value) -> scalars.put(name, Scalars.of(tf, value, type)));
    TunedOptimizer.NAMES.forEach(
        (target, name) -> {
          Operand<T> own = find(tuned, target);
          if (own != null) {
            scalars.put(name, own);
          }
        });
    Operand<T> decay = find(tuned, Target.BETA2);
    Operand<T> epsilon = find(tuned, Target.EPSILON);
    var constants = training.constants().of(training.optimizer());
    SecondMoment<T> moment =
        decay == null && epsilon == null
            ? null
            : new SecondMoment<>(
                decay == null ? Scalars.of(tf, constants.beta2(), type) : decay,
                epsilon == null ? Scalars.of(tf, constants.epsilon(), type) : epsilon);
    return new OptimizerTensors<>(
        tf.constant(0), scalars, tf.dtypes.cast(factor, type), moment, Collections.emptyList());
  }
}
