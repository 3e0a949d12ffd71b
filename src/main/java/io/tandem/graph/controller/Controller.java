package io.tandem.graph.controller;

import io.tandem.space.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The joint controller: one LSTM makes the architecture decisions, then, from the same hidden
 * state, the optimizer decisions, so that the optimizer head sees which architecture was chosen
 * (Adam and Lorraine; sampling as in Pham et al. 2018). If they are to be separate, a second LSTM
 * with its own start makes the optimizer decisions: the two halves of a sample are independent, and
 * no parameter serves both.
 *
 * <p>Decisions whose names share a prefix up to the last {@code /} belong to one layer; the hidden
 * state at the end of a layer is the anchor that later skip decisions attend to.
 *
 * @param <T> type of reals
 */
public final class Controller<T extends TNumber> implements Policy<T> {
  private final Ops tf;
  private final Class<T> type;
  private final ControllerSettings settings;
  private final List<Decision> architecture;
  private final List<Decision> optimizer;
  private final Parameters<T> parameters;
  private final Chain<T> first;
  private final @Nullable Chain<T> second;
  private final List<Long> sizes;
  private final List<Head<T>> heads = new ArrayList<>();

  /** What carries the state from decision to decision, and where it begins. */
  private record Chain<T extends TNumber>(LstmCell<T> cell, Parameter<T> start) {
    static <T extends TNumber> Chain<T> create(Parameters<T> parameters, int units) {
      return new Chain<>(
          new LstmCell<>(
              parameters.uniform(2L * units, 4L * units), parameters.constant(0, 4L * units)),
          parameters.uniform(1, units));
    }
  }

  /**
   * Creates the parameters.
   *
   * @param tf graph scope
   * @param type float32 or float64
   * @param settings size and initial values
   * @param architecture first task
   * @param optimizer second task; may be empty
   * @param seed seed of the initial values
   */
  public Controller(
      Ops tf,
      Class<T> type,
      ControllerSettings settings,
      List<Decision> architecture,
      List<Decision> optimizer,
      long seed) {
    this.tf = tf;
    this.type = type;
    this.settings = settings;
    this.architecture = List.copyOf(architecture);
    this.optimizer = List.copyOf(optimizer);
    this.parameters = new Parameters<>(tf, type, settings.initRange(), seed);
    int units = settings.lstmUnits();
    this.first = Chain.create(parameters, units);
    addHeads(this.architecture);
    boolean two = settings.separate() && !architecture.isEmpty() && !optimizer.isEmpty();
    long before = parameters.size();
    this.second = two ? Chain.create(parameters, units) : null;
    addHeads(this.optimizer);
    this.sizes = two ? List.of(before, parameters.size() - before) : List.of(parameters.size());
    parameters.complete();
  }

  private void addHeads(List<Decision> decisions) {
    SkipHead.Attention<T> attention = null;
    for (Decision decision : decisions) {
      if (decision instanceof Decision.Skips && attention == null) {
        attention = SkipHead.Attention.create(parameters, settings.lstmUnits());
      }
      heads.add(head(decision, attention));
    }
  }

  private Head<T> head(Decision decision, SkipHead.@Nullable Attention<T> attention) {
    if (decision instanceof Decision.Categorical categorical) {
      return new CategoricalHead<>(parameters, settings, categorical.options());
    }
    if (decision instanceof Decision.Continuous) {
      return new GaussianHead<>(parameters, settings);
    }
    int earlier = ((Decision.Skips) decision).earlier();
    return new SkipHead<>(parameters, settings, earlier, Objects.requireNonNull(attention));
  }

  private List<Decision> decisions() {
    List<Decision> all = new ArrayList<>(architecture);
    all.addAll(optimizer);
    return all;
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public List<Long> sizes() {
    return sizes;
  }

  @Override
  public PolicySample<T> sample(SampleSource<T> source) {
    Operand<TInt32> samples = source.samples();
    Operand<T> zeros =
        tf.fill(tf.stack(List.of(samples, tf.constant(settings.lstmUnits()))), parameters.real(0));
    Operand<T> nothing = tf.fill(tf.stack(List.of(samples)), parameters.real(0));
    LstmCell.State<T> state = new LstmCell.State<>(zeros, zeros);
    Chain<T> chain = first;
    Operand<T> input = tf.math.add(zeros, chain.start().value());
    List<Operand<T>> anchors = new ArrayList<>();
    // Concatenation wants two tensors at least; this one has no columns.
    Operand<TInt32> none = tf.fill(tf.stack(List.of(samples, tf.constant(0))), tf.constant(0));
    List<Operand<TInt32>> discrete = new ArrayList<>(List.of(none, none));
    List<Operand<T>> continuous = new ArrayList<>();
    Operand<T> logArchitecture = nothing;
    List<Operand<T>> logChoices = new ArrayList<>();
    Operand<T> logDiscrete = nothing;
    Operand<T> logContinuous = nothing;
    Operand<T> entropy = nothing;
    Operand<T> skipPenalty = nothing;
    int column = 0;
    List<Decision> decisions = decisions();
    for (int index = 0; index < decisions.size(); index++) {
      Decision decision = decisions.get(index);
      if (index > 0 && !layer(decision).equals(layer(decisions.get(index - 1)))) {
        anchors.add(state.hidden());
      }
      if (second != null && index == architecture.size()) {
        chain = second;
        state = new LstmCell.State<>(zeros, zeros);
        input = tf.math.add(zeros, chain.start().value());
      }
      state = chain.cell().step(tf, input, state);
      Head.Outcome<T> outcome =
          heads
              .get(index)
              .decide(context(source, state, anchors, index, column, continuous.size(), decision));
      if (outcome.discrete() != null) {
        discrete.add(outcome.discrete());
        column += decision.width();
        logDiscrete = tf.math.add(logDiscrete, outcome.logProbability());
        if (index < architecture.size()) {
          logArchitecture = tf.math.add(logArchitecture, outcome.logProbability());
          logChoices.add(outcome.logChoices());
        }
      }
      if (outcome.continuous() != null) {
        continuous.add(outcome.continuous());
        logContinuous = tf.math.add(logContinuous, outcome.logProbability());
      }
      entropy = tf.math.add(entropy, outcome.entropy());
      if (outcome.skipPenalty() != null) {
        skipPenalty = tf.math.add(skipPenalty, outcome.skipPenalty());
      }
      input = outcome.next();
    }
    return new PolicySample<>(
        tf.concat(discrete, tf.constant(1)),
        continuous.isEmpty()
            ? tf.fill(tf.stack(List.of(samples, tf.constant(0))), parameters.real(0))
            : tf.stack(continuous, org.tensorflow.op.core.Stack.axis(1L)),
        logArchitecture,
        logChoices,
        logDiscrete,
        logContinuous,
        entropy,
        skipPenalty,
        parameters.vector(),
        parameters.all());
  }

  private HeadContext<T> context(
      SampleSource<T> source,
      LstmCell.State<T> state,
      List<Operand<T>> anchors,
      int index,
      int column,
      int reals,
      Decision decision) {
    boolean real = decision instanceof Decision.Continuous;
    Operand<TInt32> recorded =
        tf.slice(
            source.recorded(),
            tf.constant(new int[] {0, real ? 0 : column}),
            tf.constant(new int[] {-1, real ? 0 : decision.width()}));
    Operand<T> share =
        real
            ? tf.reduceSum(
                tf.slice(
                    source.shares(),
                    tf.constant(new int[] {0, reals}),
                    tf.constant(new int[] {-1, 1})),
                tf.constant(1))
            : parameters.real(0);
    return new HeadContext<>(
        state.hidden(),
        anchors,
        columns -> uniform(source, index, columns),
        () ->
            tf.random.statelessRandomNormal(
                tf.stack(List.of(source.samples())), seed(source, 2L * index), type),
        source.replay(),
        recorded,
        source.given(),
        share);
  }

  /** Uniform noise, kept away from 0 so that its logarithm is finite. */
  private Operand<T> uniform(SampleSource<T> source, int index, int columns) {
    Operand<T> draw =
        tf.random.statelessRandomUniform(
            tf.stack(List.of(source.samples(), tf.constant(columns))),
            seed(source, 2 * index + 1),
            type);
    return tf.math.maximum(draw, parameters.real(1e-7));
  }

  private Operand<TInt64> seed(SampleSource<T> source, long purpose) {
    return tf.math.add(source.seed(), tf.constant(new long[] {0, purpose << 40}));
  }

  private static String layer(Decision decision) {
    int slash = decision.name().lastIndexOf('/');
    return slash < 0 ? decision.name() : decision.name().substring(0, slash);
  }
}
