package io.tandem.graph.joint.policy;

import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.controller.Policy;
import io.tandem.graph.controller.PolicyDraws;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.controller.ReplaySource;
import io.tandem.graph.core.Reals;
import io.tandem.graph.session.Placement;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
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
 * The controller's part of the static graph: sampling, the gradient of {@link PolicySurrogate} with
 * its direct and response gradients apart, and the update by {@link Adam}.
 *
 * @param <T> type of reals
 */
public final class PolicyProgram<T extends TNumber> implements LearningPolicy {
  private static final int KINDS = PolicyPart.Kind.values().length;

  private final Session session;
  private final int continuousColumns;
  private final int discreteColumns;
  private final Placeholder<TInt64> seed;
  private final Placeholder<TInt32> recorded;
  private final Placeholder<TBool> given;
  private final Placeholder<TFloat64> shares;
  private final Placeholder<TInt32> samples;
  private final Placeholder<TInt32> parts;
  private final Placeholder<TFloat64> kinds;
  private final PolicySurrogate surrogate;
  private final PolicyDraws<T> draws;
  private final Operand<TFloat64> drawnShares;
  private final Operand<TFloat64> logDiscrete;
  private final Operand<TFloat64> logContinuous;
  private final Operand<TFloat64> entropy;
  private final Operand<TFloat64> gradient;
  private final Operand<TFloat64> statistics;
  private final Op update;

  /**
   * Adds the program to a graph.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param policy the controller
   * @param settings learning rate, entropy and skip weights
   * @param clipNorm largest norm of the response part of the gradient
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
    this(
        graph,
        session,
        policy,
        settings,
        clipNorm,
        "policy",
        discreteColumns,
        continuousColumns,
        gateColumns);
  }

  private PolicyProgram(
      Graph graph,
      Session session,
      Policy<T> policy,
      ControllerSettings settings,
      double clipNorm,
      String name,
      int discreteColumns,
      int continuousColumns,
      int gateColumns) {
    Ops tf = Placement.host(Ops.create(graph)).withSubScope(name);
    this.session = session;
    this.discreteColumns = discreteColumns;
    this.continuousColumns = continuousColumns;
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    recorded = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, discreteColumns)));
    given = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    shares = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, continuousColumns)));
    samples = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    parts = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    kinds = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(KINDS, -1)));
    surrogate = new PolicySurrogate(tf, continuousColumns, gateColumns);
    draws = policy.draw(seed, samples);
    drawnShares = real(tf, draws.continuous());
    PolicySample<T> batch =
        policy.replay(
            new ReplaySource<>(
                seed, recorded, given, tf.dtypes.cast(shares, policy.type()), samples, parts));
    logDiscrete = real(tf, batch.logDiscrete());
    logContinuous = real(tf, batch.logContinuous());
    entropy = real(tf, tf.math.mean(batch.entropy(), tf.constant(0)));
    Operand<T> rows = batch.gradient().of(surrogate.of(tf, batch, settings));
    gradient = real(tf, batch.gradient().inOrder(rows));
    PolicyStep<T> step = PolicyStep.of(tf, rows, kinds, clipNorm, batch.gradient());
    statistics = step.statistics();
    update = new Adam<>(tf, policy.vector(), settings).step(step.sum(), step.finite());
  }

  /**
   * Adds the controller of a space and its program to a graph, or two of them where they are to be
   * separate and there is something to decide for both.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param type float32 or float64
   * @param space what is chosen
   * @param settings size, initial values, learning rate, weights
   * @param clipNorm largest norm of the response part of the gradient of one controller
   * @param initialSeed seed of the controller's initial values
   * @param gated whether the architecture learns through gates
   */
  public static <T extends TNumber> LearningPolicy create(
      Graph graph,
      Session session,
      Class<T> type,
      SearchSpace space,
      ControllerSettings settings,
      double clipNorm,
      long initialSeed,
      boolean gated) {
    List<Decision> architecture = space.architecture().decisions();
    List<Decision> optimizer = space.optimizer().decisions();
    int gates = gated ? space.architecture().integers() : 0;
    if (!settings.separate() || architecture.isEmpty() || optimizer.isEmpty()) {
      return new Creation<>(graph, session, type, settings, clipNorm)
          .of("", architecture, optimizer, initialSeed, gates);
    }
    Creation<T> creation = new Creation<>(graph, session, type, settings, clipNorm);
    return new SeparatePolicies(
        creation.of("architecture_", architecture, List.of(), initialSeed, gates),
        creation.of(
            "optimizer_", List.of(), optimizer, SeparatePolicies.ofOptimizer(initialSeed), 0),
        integers(architecture));
  }

  private static int integers(List<Decision> decisions) {
    return decisions.stream()
        .filter(decision -> !(decision instanceof Decision.Continuous))
        .mapToInt(Decision::width)
        .sum();
  }

  /** What the controllers of a run have in common. */
  private record Creation<T extends TNumber>(
      Graph graph, Session session, Class<T> type, ControllerSettings settings, double clipNorm) {
    PolicyProgram<T> of(
        String name, List<Decision> architecture, List<Decision> optimizer, long seed, int gates) {
      Controller<T> controller =
          new Controller<>(
              Placement.host(Ops.create(graph)).withSubScope(name + "controller"),
              type,
              settings,
              architecture,
              optimizer,
              seed);
      long continuous = optimizer.stream().filter(Decision.Continuous.class::isInstance).count();
      return new PolicyProgram<>(
          graph,
          session,
          controller,
          settings,
          clipNorm,
          name + "policy",
          integers(architecture) + integers(optimizer),
          Math.toIntExact(continuous),
          gates);
    }
  }

  @Override
  public List<Choices> sample(int count, long seedValue, long step) {
    try (TInt64 seedTensor = TInt64.vectorOf(seedValue, step);
        TInt32 samplesTensor = TInt32.scalarOf(count);
        Result result =
            session
                .runner()
                .feed(seed, seedTensor)
                .feed(samples, samplesTensor)
                .fetch(draws.discrete())
                .fetch(drawnShares)
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

  @Override
  public double[] logDensities(List<Choices> choices) {
    return fetch(PolicyFeedback.given(choices), logContinuous);
  }

  @Override
  public double[] logProbabilities(List<Choices> choices) {
    return fetch(PolicyFeedback.given(choices), logDiscrete);
  }

  private double[] fetch(PolicyFeedback feedback, Operand<TFloat64> values) {
    List<PolicyPart> one = List.of(new PolicyPart(PolicyPart.Kind.REGULARISER, feedback));
    try (PolicyFeeds feeds = feeds(one);
        Result result = feeds.runner(session).fetch(values).run()) {
      return Reals.of((TFloat64) result.get(0));
    }
  }

  /**
   * The gradient of the surrogate, not applied.
   *
   * @param feedback coefficients
   */
  public PolicyGradient gradient(PolicyFeedback feedback) {
    try (PolicyFeeds feeds = feeds(feedback.parts());
        Result result = feeds.runner(session).fetch(gradient).fetch(entropy).run()) {
      double[] rows = Reals.of((TFloat64) result.get(0));
      int size = rows.length / KINDS;
      return new PolicyGradient(
          Arrays.copyOfRange(rows, 0, size),
          Arrays.copyOfRange(rows, size, 2 * size),
          Arrays.copyOfRange(rows, 2 * size, 3 * size),
          Reals.of((TFloat64) result.get(1))[0]);
    }
  }

  @Override
  public PolicyUpdate update(PolicyFeedback feedback) {
    List<PolicyPart> present = feedback.parts().stream().filter(part -> !part.isZero()).toList();
    try (PolicyFeeds feeds = feeds(present);
        Result result =
            feeds.runner(session).addTarget(update).fetch(statistics).fetch(entropy).run()) {
      double[] said = Reals.of((TFloat64) result.get(0));
      double nats = Reals.of((TFloat64) result.get(1))[0];
      return new PolicyUpdate(said[0], said[1], said[2], nats, said[3] == 1);
    }
  }

  @Override
  public void raise(List<Choices> best, double[] weights, int steps) {
    PolicyFeedback feedback = PolicyFeedback.likely(best, weights);
    try (PolicyFeeds feeds =
        feeds(List.of(new PolicyPart(PolicyPart.Kind.REGULARISER, feedback, false)))) {
      for (int step = 0; step < steps; step++) {
        feeds.runner(session).addTarget(update).run().close();
      }
    }
  }

  /** What is fed for parts of the same samples. */
  private PolicyFeeds feeds(List<PolicyPart> present) {
    PolicyFeedback feedback = present.get(0).feedback();
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
    double[][] rows = new double[KINDS][present.size()];
    for (int part = 0; part < present.size(); part++) {
      rows[present.get(part).kind().ordinal()][part] = 1;
    }
    PolicyFeeds feeds = new PolicyFeeds();
    feeds.add(seed, TInt64.vectorOf(feedback.seed(), feedback.step()));
    feeds.add(recorded, integers);
    feeds.add(given, TBool.scalarOf(feedback.given()));
    feeds.add(shares, points(values(feedback.samples())));
    feeds.add(samples, TInt32.scalarOf(count));
    feeds.add(parts, TInt32.scalarOf(present.size()));
    feeds.add(kinds, TFloat64.tensorOf(StdArrays.ndCopyOf(rows)));
    surrogate.feed(feeds, present);
    return feeds;
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
