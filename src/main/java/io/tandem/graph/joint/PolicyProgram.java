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
 * The controller's part of the static graph: sampling, the surrogate of {@link PolicyFeedback} with
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
  private final Placeholder<TInt32> samples;
  private final Placeholder<TFloat64> directCoefficients;
  private final Placeholder<TFloat64> responseCoefficients;
  private final Placeholder<TFloat64> densityCoefficients;
  private final Placeholder<TFloat64> pathwise;
  private final PolicySample<T> batch;
  private final Operand<TFloat64> continuous;
  private final Operand<TFloat64> logDiscrete;
  private final List<Operand<TFloat64>> directGradients;
  private final List<Operand<TFloat64>> responseGradients;
  private final List<Operand<TFloat64>> report;
  private final Operand<TBool> finite;
  private final Op update;

  /**
   * Adds the program to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param policy the controller
   * @param settings learning rate, entropy and skip weights
   * @param clipNorm largest norm of the gradient that is applied
   * @param discreteColumns integers per sample
   * @param continuousColumns reals per sample
   */
  public PolicyProgram(
      Graph graph,
      Session session,
      Policy<T> policy,
      ControllerSettings settings,
      double clipNorm,
      int discreteColumns,
      int continuousColumns) {
    Ops tf = Placement.host(Ops.create(graph)).withSubScope("policy");
    this.session = session;
    this.discreteColumns = discreteColumns;
    this.continuousColumns = continuousColumns;
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    replay = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    recorded = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, discreteColumns)));
    samples = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    directCoefficients = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
    responseCoefficients = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
    densityCoefficients = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
    pathwise = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, continuousColumns)));
    batch = policy.sample(new SampleSource(seed, replay, recorded, samples));
    continuous = real(tf, batch.continuous());
    logDiscrete = real(tf, batch.logDiscrete());

    Class<T> type = batch.logDiscrete().type();
    Operand<T> direct = dot(tf, directCoefficients, batch.logArchitecture(), type);
    Operand<T> response =
        tf.math.add(
            dot(tf, responseCoefficients, batch.logDiscrete(), type),
            dot(tf, densityCoefficients, batch.logContinuous(), type));
    response = tf.math.add(response, dot(tf, pathwise, batch.continuous(), type));
    Operand<T> regulariser =
        tf.math.sub(
            tf.math.mul(mean(tf, batch.skipPenalty()), cast(tf, settings.skipWeight(), type)),
            tf.math.mul(mean(tf, batch.entropy()), cast(tf, settings.entropyWeight(), type)));
    List<Operand<T>> parameters = batch.parameters();
    List<Operand<T>> directRaw = Gradients.of(tf, graph, direct, parameters);
    List<Operand<T>> responseRaw = Gradients.of(tf, graph, response, parameters);
    List<Operand<T>> regulariserRaw = Gradients.of(tf, graph, regulariser, parameters);
    directGradients = directRaw.stream().map(g -> real(tf, g)).toList();
    responseGradients = responseRaw.stream().map(g -> real(tf, g)).toList();

    Operand<T> directSquare = inner(tf, directRaw, directRaw);
    Operand<T> responseSquare = inner(tf, responseRaw, responseRaw);
    report =
        List.of(
            real(tf, tf.math.sqrt(directSquare)),
            real(tf, tf.math.sqrt(responseSquare)),
            real(tf, inner(tf, directRaw, responseRaw)),
            real(tf, mean(tf, batch.entropy())));
    List<Operand<T>> total = new ArrayList<>();
    for (int index = 0; index < parameters.size(); index++) {
      total.add(
          tf.math.add(
              tf.math.add(directRaw.get(index), responseRaw.get(index)),
              regulariserRaw.get(index)));
    }
    Operand<T> norm = tf.math.sqrt(inner(tf, total, total));
    finite = tf.math.isFinite(norm);
    Operand<T> limit = cast(tf, clipNorm, type);
    Operand<T> factor = tf.math.div(limit, tf.math.maximum(norm, limit));
    Adam<T> adam = new Adam<>(tf, type, settings);
    List<Op> updates = new ArrayList<>();
    for (int index = 0; index < parameters.size(); index++) {
      Operand<T> gradient = tf.math.mul(total.get(index), factor);
      Operand<T> guarded =
          tf.select(tf.broadcastTo(finite, tf.shape(gradient)), gradient, tf.zerosLike(gradient));
      updates.add(adam.apply(parameters.get(index), guarded));
    }
    update = adam.finish(updates);
  }

  /**
   * Adds a joint controller for a space and its program to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param type float32 or float64
   * @param space what is chosen
   * @param settings size, initial values, learning rate, weights
   * @param clipNorm largest norm of the gradient that is applied
   * @param initialSeed seed of the controller's initial values
   */
  public static <T extends TNumber> PolicyProgram<T> create(
      Graph graph,
      Session session,
      Class<T> type,
      SearchSpace space,
      ControllerSettings settings,
      double clipNorm,
      long initialSeed) {
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
    return new PolicyProgram<>(
        graph, session, controller, settings, clipNorm, discrete, continuous);
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
        TInt32 samplesTensor = TInt32.scalarOf(count);
        Result result =
            session
                .runner()
                .feed(seed, seedTensor)
                .feed(replay, replayTensor)
                .feed(recorded, recordedTensor)
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
   * Log-probability of the discrete choices of given samples.
   *
   * @param choices samples to score
   */
  public double[] logProbabilities(List<Choices> choices) {
    return run(zero(choices), List.of(logDiscrete), false).get(0);
  }

  /**
   * The gradients of the surrogate, not applied: first the direct ones of all parameters, then the
   * response ones, each flattened row-major.
   *
   * @param feedback coefficients
   */
  public List<double[]> gradients(PolicyFeedback feedback) {
    List<Operand<TFloat64>> fetches = new ArrayList<>(directGradients);
    fetches.addAll(responseGradients);
    return run(feedback, fetches, false);
  }

  /**
   * Updates the controller.
   *
   * @param feedback coefficients
   */
  public PolicyUpdate update(PolicyFeedback feedback) {
    List<double[]> values = run(feedback, report, true);
    double directNorm = values.get(0)[0];
    double responseNorm = values.get(1)[0];
    double product = directNorm * responseNorm;
    boolean applied = Double.isFinite(directNorm) && Double.isFinite(responseNorm);
    return new PolicyUpdate(
        directNorm,
        responseNorm,
        product > 0 && applied ? values.get(2)[0] / product : 0,
        values.get(3)[0],
        applied);
  }

  private PolicyFeedback zero(List<Choices> choices) {
    int count = choices.size();
    return new PolicyFeedback(
        choices,
        0,
        0,
        new double[count],
        new double[count],
        new double[count],
        new double[count][continuousColumns]);
  }

  private List<double[]> run(
      PolicyFeedback feedback, List<Operand<TFloat64>> fetches, boolean apply) {
    int count = feedback.samples().size();
    int[][] choices = new int[count][discreteColumns];
    for (int m = 0; m < count; m++) {
      for (int d = 0; d < discreteColumns; d++) {
        choices[m][d] = feedback.samples().get(m).discrete().get(d);
      }
    }
    try (TInt64 seedTensor = TInt64.vectorOf(feedback.seed(), feedback.step());
        TBool replayTensor = TBool.scalarOf(true);
        TInt32 recordedTensor = TInt32.tensorOf(Shape.of(count, discreteColumns));
        TInt32 samplesTensor = TInt32.scalarOf(count);
        TFloat64 directTensor = TFloat64.vectorOf(feedback.direct());
        TFloat64 responseTensor = TFloat64.vectorOf(feedback.response());
        TFloat64 densityTensor = TFloat64.vectorOf(feedback.density());
        TFloat64 pathwiseTensor = TFloat64.tensorOf(Shape.of(count, continuousColumns))) {
      if (discreteColumns > 0) {
        StdArrays.copyTo(choices, recordedTensor);
      }
      if (continuousColumns > 0) {
        StdArrays.copyTo(feedback.pathwise(), pathwiseTensor);
      }
      Session.Runner runner =
          session
              .runner()
              .feed(seed, seedTensor)
              .feed(replay, replayTensor)
              .feed(recorded, recordedTensor)
              .feed(samples, samplesTensor)
              .feed(directCoefficients, directTensor)
              .feed(responseCoefficients, responseTensor)
              .feed(densityCoefficients, densityTensor)
              .feed(pathwise, pathwiseTensor);
      fetches.forEach(runner::fetch);
      if (apply) {
        runner.addTarget(update);
      }
      try (Result result = runner.run()) {
        List<double[]> values = new ArrayList<>();
        for (int index = 0; index < fetches.size(); index++) {
          TFloat64 tensor = (TFloat64) result.get(index);
          double[] flat = new double[(int) tensor.size()];
          tensor.asRawTensor().data().asDoubles().read(flat);
          values.add(flat);
        }
        return values;
      }
    }
  }

  private static <T extends TNumber> Operand<TFloat64> real(Ops tf, Operand<T> value) {
    return tf.dtypes.cast(value, TFloat64.class);
  }

  private static <T extends TNumber> Operand<T> cast(Ops tf, double value, Class<T> type) {
    return tf.dtypes.cast(tf.constant(value), type);
  }

  private static <T extends TNumber> Operand<T> dot(
      Ops tf, Operand<TFloat64> coefficients, Operand<T> values, Class<T> type) {
    Operand<T> products = tf.math.mul(tf.dtypes.cast(coefficients, type), values);
    return total(tf, products);
  }

  private static <T extends TNumber> Operand<T> total(Ops tf, Operand<T> values) {
    return tf.reduceSum(tf.reshape(values, tf.constant(new int[] {-1})), tf.constant(0));
  }

  private static <T extends TNumber> Operand<T> mean(Ops tf, Operand<T> values) {
    return tf.math.mean(values, tf.constant(0));
  }

  private static <T extends TNumber> Operand<T> inner(
      Ops tf, List<Operand<T>> left, List<Operand<T>> right) {
    List<Operand<T>> products = new ArrayList<>();
    for (int index = 0; index < left.size(); index++) {
      products.add(total(tf, tf.math.mul(left.get(index), right.get(index))));
    }
    return tf.math.addN(products);
  }
}
