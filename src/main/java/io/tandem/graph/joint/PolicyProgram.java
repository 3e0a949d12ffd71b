package io.tandem.graph.joint;

import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.controller.Policy;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.controller.SampleSource;
import io.tandem.graph.core.Gradients;
import io.tandem.graph.core.Placement;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The controller's part of the static graph: sampling, the gradient of {@link PolicySurrogate} with
 * its direct and response gradients apart, and the update by {@link Adam}.
 *
 * @param <T> type of reals
 */
public final class PolicyProgram<T extends TNumber> {
  private final Session session;
  private final int continuousColumns;
  private final int discreteColumns;
  private final Placeholder<TInt64> seed;
  private final Placeholder<TBool> replay;
  private final Placeholder<TInt32> recorded;
  private final Placeholder<TBool> given;
  private final Placeholder<TFloat64> shares;
  private final Placeholder<TInt32> samples;
  private final PolicySurrogate surrogate;
  private final Placeholder<TFloat64> applied;
  private final double clipNorm;
  private final List<Long> sizes;
  private final PolicySample<T> batch;
  private final Operand<TFloat64> continuous;
  private final Operand<TFloat64> logDiscrete;
  private final Operand<TFloat64> logContinuous;
  private final Operand<TFloat64> entropy;
  private final Operand<TFloat64> gradient;
  private final Op update;
  private final Op raise;

  /**
   * Adds the program to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param policy the controller
   * @param settings learning rate, entropy and skip weights
   * @param clipNorm largest norm of the response gradient that is applied, of each controller
   * @param discreteColumns integers per sample
   * @param continuousColumns reals per sample
   * @param gateColumns integers per sample that record the architecture, if it learns through
   *     gates; 0 if by its score
   */
  public PolicyProgram(
      Graph graph,
      Session session,
      Policy<T> policy,
      ControllerSettings settings,
      double clipNorm,
      int discreteColumns,
      int continuousColumns,
      int gateColumns) {
    Ops tf = Placement.host(Ops.create(graph)).withSubScope("policy");
    this.session = session;
    this.clipNorm = clipNorm;
    this.sizes = policy.sizes();
    this.discreteColumns = discreteColumns;
    this.continuousColumns = continuousColumns;
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    replay = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    recorded = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, discreteColumns)));
    given = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    shares = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, continuousColumns)));
    samples = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    surrogate = new PolicySurrogate(tf, continuousColumns, gateColumns);
    batch =
        policy.sample(
            new SampleSource<>(
                seed, replay, recorded, given, tf.dtypes.cast(shares, policy.type()), samples));
    continuous = real(tf, batch.continuous());
    logDiscrete = real(tf, batch.logDiscrete());
    logContinuous = real(tf, batch.logContinuous());

    Operand<T> meanEntropy = tf.math.mean(batch.entropy(), tf.constant(0));
    entropy = real(tf, meanEntropy);
    Operand<T> value = surrogate.of(tf, batch, meanEntropy, settings, samples);
    List<Operand<T>> rows = new ArrayList<>();
    for (Operand<T> part : Gradients.of(tf, graph, value, batch.parameters())) {
      rows.add(tf.reshape(part, tf.constant(new int[] {-1})));
    }
    gradient = real(tf, rows.size() == 1 ? rows.get(0) : tf.concat(rows, tf.constant(0)));
    applied = tf.placeholder(TFloat64.class, Placeholder.shape(batch.vector().shape()));
    Class<T> type = batch.logDiscrete().type();
    Adam<T> adam = new Adam<>(tf, batch.vector(), settings);
    update = adam.step(tf.dtypes.cast(applied, type));
    raise = adam.step(tf.dtypes.cast(finite(tf, gradient), type));
  }

  /**
   * Adds a joint controller for a space and its program to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param type float32 or float64
   * @param space what is chosen
   * @param settings size, initial values, learning rate, weights
   * @param clipNorm largest norm of the response gradient that is applied, of each controller
   * @param initialSeed seed of the controller's initial values
   * @param joint whether the architecture learns through gates
   */
  public static <T extends TNumber> PolicyProgram<T> create(
      Graph graph,
      Session session,
      Class<T> type,
      SearchSpace space,
      ControllerSettings settings,
      double clipNorm,
      long initialSeed,
      JointSettings joint) {
    Controller<T> controller =
        new Controller<>(
            Placement.host(Ops.create(graph)).withSubScope("controller"),
            type,
            settings,
            space.architecture().decisions(),
            space.optimizer().decisions(),
            initialSeed);
    int continuous = space.optimizer().continuous().size();
    int discrete = space.decisions().stream().mapToInt(Decision::width).sum() - continuous;
    int gates = joint.gates() ? space.architecture().integers() : 0;
    return new PolicyProgram<>(
        graph, session, controller, settings, clipNorm, discrete, continuous, gates);
  }

  /**
   * Draws a batch; the same arguments and parameters give the same choices.
   *
   * @param count number of samples
   * @param seedValue seed of the run and purpose
   * @param step which draw
   */
  public List<Choices> sample(int count, long seedValue, long step) {
    try (TInt64 seedTensor = TInt64.vectorOf(seedValue, step);
        TBool replayTensor = TBool.scalarOf(false);
        TInt32 recordedTensor = TInt32.tensorOf(Shape.of(count, discreteColumns));
        TBool givenTensor = TBool.scalarOf(false);
        TFloat64 sharesTensor = points(new double[count][continuousColumns]);
        TInt32 samplesTensor = TInt32.scalarOf(count);
        Result result =
            session
                .runner()
                .feed(seed, seedTensor)
                .feed(replay, replayTensor)
                .feed(recorded, recordedTensor)
                .feed(given, givenTensor)
                .feed(shares, sharesTensor)
                .feed(samples, samplesTensor)
                .fetch(batch.discrete())
                .fetch(continuous)
                .run()) {
      TInt32 discrete = (TInt32) result.get(0);
      TFloat64 values = (TFloat64) result.get(1);
      List<Choices> all = new ArrayList<>();
      for (int m = 0; m < count; m++) {
        List<Integer> integers = new ArrayList<>();
        for (int d = 0; d < discreteColumns; d++) {
          integers.add(discrete.getInt(m, d));
        }
        List<Double> reals = new ArrayList<>();
        for (int d = 0; d < continuousColumns; d++) {
          reals.add(values.getDouble(m, d));
        }
        all.add(new Choices(integers, reals));
      }
      return all;
    }
  }

  /**
   * Log-density of the continuous choices of given samples, in the Gaussian coordinate.
   *
   * @param choices samples to score
   */
  public double[] logDensities(List<Choices> choices) {
    return run(PolicyFeedback.given(choices), 0, List.of(logContinuous)).get(0);
  }

  /**
   * Log-probability of the discrete choices of given samples.
   *
   * @param choices samples to score
   */
  public double[] logProbabilities(List<Choices> choices) {
    return run(PolicyFeedback.given(choices), 0, List.of(logDiscrete)).get(0);
  }

  /**
   * The gradient of the surrogate, not applied.
   *
   * @param feedback coefficients
   */
  public PolicyGradient gradient(PolicyFeedback feedback) {
    List<double[]> regulariser = run(feedback.noPart(), 1, List.of(gradient, entropy));
    return new PolicyGradient(
        run(feedback.directPart(), 0, List.of(gradient)).get(0),
        run(feedback.responsePart(), 0, List.of(gradient)).get(0),
        regulariser.get(0),
        regulariser.get(1)[0]);
  }

  /**
   * Updates the controller, unless a number is not finite.
   *
   * @param feedback coefficients
   */
  public PolicyUpdate update(PolicyFeedback feedback) {
    PolicyGradient parts = gradient(feedback);
    boolean finite = parts.isFinite();
    if (finite) {
      try (TFloat64 step = TFloat64.vectorOf(parts.clipped(clipNorm, sizes))) {
        session.runner().feed(applied, step).addTarget(update).run().close();
      }
    }
    return new PolicyUpdate(
        parts.directNorm(), parts.responseNorm(), parts.cosine(), parts.entropy(), finite);
  }

  /**
   * Raises the likelihood of given samples, by steps along the gradient of {@code Σ weight log
   * π(sample)}. The regularisers, which keep a policy gradient from ending in one point, have no
   * part in it: what the samples do not say comes from those that are drawn uniformly.
   *
   * @param best the samples
   * @param weights of each, positive
   * @param steps how many
   */
  public void raise(List<Choices> best, double[] weights, int steps) {
    PolicyFeedback feedback = PolicyFeedback.likely(best, weights);
    for (int step = 0; step < steps; step++) {
      run(feedback, 0, List.of(), List.of(raise));
    }
  }

  /** The gradient, or zeros if it is not finite, so that such a step is skipped. */
  private static Operand<TFloat64> finite(Ops tf, Operand<TFloat64> gradient) {
    Operand<TBool> every = tf.math.isFinite(tf.reduceSum(tf.math.square(gradient), tf.constant(0)));
    return tf.select(tf.broadcastTo(every, tf.shape(gradient)), gradient, tf.zerosLike(gradient));
  }

  private List<double[]> run(
      PolicyFeedback feedback, double regularisation, List<Operand<TFloat64>> fetches) {
    return run(feedback, regularisation, fetches, List.of());
  }

  private List<double[]> run(
      PolicyFeedback feedback,
      double regularisation,
      List<Operand<TFloat64>> fetches,
      List<Op> targets) {
    int count = feedback.samples().size();
    int[][] choices = new int[count][discreteColumns];
    for (int m = 0; m < count; m++) {
      for (int d = 0; d < discreteColumns; d++) {
        choices[m][d] = feedback.samples().get(m).discrete().get(d);
      }
    }
    TInt32 integers = TInt32.tensorOf(Shape.of(count, discreteColumns));
    if (discreteColumns > 0) {
      StdArrays.copyTo(choices, integers);
    }
    TFloat64 reals = points(values(feedback.samples()));
    List<Tensor> open = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      CandidateFeeds.add(runner, seed, TInt64.vectorOf(feedback.seed(), feedback.step()), open);
      CandidateFeeds.add(runner, replay, TBool.scalarOf(true), open);
      CandidateFeeds.add(runner, recorded, integers, open);
      CandidateFeeds.add(runner, given, TBool.scalarOf(feedback.given()), open);
      CandidateFeeds.add(runner, shares, reals, open);
      CandidateFeeds.add(runner, samples, TInt32.scalarOf(count), open);
      surrogate.feed(runner, feedback, regularisation, open);
      fetches.forEach(runner::fetch);
      targets.forEach(runner::addTarget);
      try (Result result = runner.run()) {
        List<double[]> values = new ArrayList<>();
        for (int index = 0; index < fetches.size(); index++) {
          values.add(Reals.of((TFloat64) result.get(index)));
        }
        return values;
      }
    } finally {
      open.forEach(Tensor::close);
    }
  }

  /** All of it is set: what is not read counts 0 times, and 0 times no number is none. */
  private TFloat64 points(double[][] values) {
    TFloat64 points = TFloat64.tensorOf(Shape.of(values.length, continuousColumns));
    if (continuousColumns > 0) {
      StdArrays.copyTo(values, points);
    }
    return points;
  }

  private double[][] values(List<Choices> samples) {
    double[][] points = new double[samples.size()][continuousColumns];
    for (int m = 0; m < points.length; m++) {
      for (int d = 0; d < continuousColumns; d++) {
        points[m][d] = samples.get(m).continuous().get(d);
      }
    }
    return points;
  }

  private static <T extends TNumber> Operand<TFloat64> real(Ops tf, Operand<T> value) {
    return tf.dtypes.cast(value, TFloat64.class);
  }
}
