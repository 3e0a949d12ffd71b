package io.tandem.graph.training;

import io.tandem.data.text.EvaluationWindows;
import io.tandem.graph.child.text.LanguageNetwork;
import io.tandem.graph.child.text.WindowInput;
import io.tandem.graph.child.text.WindowNoise;
import io.tandem.graph.child.text.WindowOutput;
import io.tandem.graph.child.text.WordLoss;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.input.PlacedWords;
import io.tandem.graph.objective.LossShape;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.graph.session.SumOrder;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The graph and session that train one language model by truncated backpropagation through time.
 * The text lives in a variable that is fed once; a step takes the places where windows begin. The
 * state that a window leaves is the one before the next. A step whose loss, weights, moments or
 * state are not finite changes nothing.
 *
 * <p>Steps can be averaged (Polyak and Juditsky 1992; Merity, Keskar and Socher 2018, section 4):
 * the mean of the weights behind these steps is kept beside the weights, which go on as if there
 * were none.
 */
public final class LanguageTraining implements AutoCloseable {
  private final LanguageNetwork network;
  private final Graph graph;
  private final Session session;
  private final TrainingVariables variables = new TrainingVariables();
  private final int weights;
  private final PlacedWords text;
  private final Placeholder<TInt32> starts;
  private final @Nullable Placeholder<TInt32> times;
  private final Placeholder<TFloat32> kept;
  private final Placeholder<TInt64> seeds;
  private final Placeholder<TFloat32> factor;
  private final Placeholder<TFloat32> taken;
  private final Placeholder<TFloat32> share;
  private final Operand<TFloat32> loss;
  private final GuardedChanges changes;
  private final List<Op> averaging = new ArrayList<>();
  private final List<Op> readWeights = new ArrayList<>();
  private final List<Op> readAverages = new ArrayList<>();
  private final TextReading reading;
  private long step;
  private long dropped;
  private long averaged;

  /**
   * A text and how it is read.
   *
   * @param tokens the text
   * @param batch windows of a step, positive
   * @param varying whether windows may be shorter than the model's length
   */
  public record Reading(int[] tokens, int batch, boolean varying) {
    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Reading other
          && Arrays.equals(tokens, other.tokens)
          && batch == other.batch
          && varying == other.varying;
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(tokens) + batch;
    }

    @Override
    public String toString() {
      return tokens.length + " tokens in " + batch + " streams";
    }
  }

  /**
   * What a step does.
   *
   * @param starts where the window of each stream begins {@code [batch]}
   * @param anew whether the streams begin here, with a state of zeros; otherwise they go on
   * @param times time steps of the windows, 1 up to the model's length; all of them unless windows
   *     vary
   * @param draw decides dropout masks
   * @param scheduleFactor factor on the learning rate
   * @param average whether the weights behind the step are averaged
   */
  public record Step(
      int[] starts, boolean anew, int times, long draw, double scheduleFactor, boolean average) {
    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Step other
          && Arrays.equals(starts, other.starts)
          && anew == other.anew
          && times == other.times
          && draw == other.draw
          && scheduleFactor == other.scheduleFactor
          && average == other.average;
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(starts) + Long.hashCode(draw);
    }

    @Override
    public String toString() {
      return times + " time steps from " + Arrays.toString(starts);
    }
  }

  /**
   * Builds the graph, feeds the text and draws the initial weights.
   *
   * @param network the language model over the longest window
   * @param optimizer how it is trained; the augmentation is the strength of all dropout
   * @param constants constants of the optimizer families, unless the optimizer has its own
   * @param seed decides the initial weights
   * @param text what is trained on
   * @param runtime threads, device, memory, precision
   */
  public LanguageTraining(
      LanguageNetwork network,
      OptimizerSettings optimizer,
      InnerSettings constants,
      long seed,
      Reading text,
      RuntimeSettings runtime) {
    this.network = network;
    graph = new Graph();
    Placement placement = Placement.of(runtime);
    Ops tf = placement.network(Ops.create(graph));
    int length = network.shape().length();
    List<Shape> shapes = network.parts().shapes();
    weights = shapes.size();
    Operand<TFloat32> scale = tf.constant((float) optimizer.get(Hyperparameter.INITIAL_SCALE));
    variables.declareWithSlots(tf, shapes, network.parts().drawn(tf, TFloat32.class, seed, scale));
    shapes.forEach(shape -> variables.declare(tf, shape, zeros(tf, shape)));
    Shape stateShape = Shape.of(text.batch(), network.stateWidth());
    variables.declare(tf, stateShape, zeros(tf, stateShape));
    starts = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(text.batch())));
    times = text.varying() ? tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar())) : null;
    kept = scalar(tf);
    seeds = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    factor = scalar(tf);
    taken = scalar(tf);
    share = scalar(tf);
    // Short windows near the end of the text are computed beyond it, where nothing counts.
    this.text = new PlacedWords(tf, EvaluationWindows.padded(text.tokens(), length));

    InnerState<TFloat32> before = variables.withSlots(weights, taken);
    WindowOutput<TFloat32> output = window(tf, optimizer, placement, before);
    loss = loss(tf, optimizer, output, text.batch());
    InnerState<TFloat32> after =
        new OptimizerStep(optimizer, constants).add(tf, loss, before, factor);
    List<Operand<TFloat32>> wanted = new ArrayList<>(after.weights());
    wanted.addAll(after.slots());
    wanted.addAll(averages());
    wanted.add(output.state());
    changes = new GuardedChanges(tf, loss, variables.list(), wanted);
    for (int index = 0; index < weights; index++) {
      Variable<TFloat32> average = variables.list().get(3 * weights + index);
      Operand<TFloat32> way = tf.math.sub(after.weights().get(index), average);
      averaging.add(changes.assign(average, tf.math.add(average, tf.math.mul(share, way))));
    }

    // What is read is a copy: the model is there once for weights and averages.
    List<Operand<TFloat32>> read = new ArrayList<>();
    for (int index = 0; index < weights; index++) {
      Variable<TFloat32> copy = tf.variable(shapes.get(index), TFloat32.class);
      readWeights.add(tf.assign(copy, before.weights().get(index)));
      readAverages.add(tf.assign(copy, averages().get(index)));
      read.add(copy);
    }
    reading = new TextReading(tf, network, read);

    SumOrder.keep(graph);
    // The graph optimizer would join sums and lose their order; it makes nothing faster here.
    session = new Session(graph, SessionConfig.ofBranches(runtime));
    this.text.load(session);
    variables.initialise(session);
  }

  private WindowOutput<TFloat32> window(
      Ops tf, OptimizerSettings optimizer, Placement placement, InnerState<TFloat32> before) {
    Variable<TFloat32> state = variables.list().get(4 * weights);
    return network.window(
        tf,
        before.weights(),
        new WindowInput<>(
            text.words(tf, starts, network.shape().length()), tf.math.mul(state, kept), times),
        WindowNoise.of(seeds, false, OptimizerStep.find(tf, optimizer)),
        placement.precision());
  }

  private Operand<TFloat32> loss(
      Ops tf, OptimizerSettings optimizer, WindowOutput<TFloat32> output, int batch) {
    Operand<TInt32> targets = text.targets(tf, starts, network.shape().length());
    if (times != null) {
      Operand<TInt32> counted = tf.math.mul(times, tf.constant(new int[] {batch}));
      targets = tf.slice(targets, tf.constant(new int[1]), counted);
    }
    LossShape<TFloat32> shape = LossShape.of(tf, OptimizerStep.find(tf, optimizer));
    Operand<TFloat32> words = WordLoss.mean(tf, output.head(), targets, shape);
    return output.penalty().isPresent() ? tf.math.add(words, output.penalty().get()) : words;
  }

  /**
   * Does one step.
   *
   * @param now what it does
   * @return the training loss before the step, penalties included; not finite if the step was
   *     dropped
   */
  public double step(Step now) {
    int length = network.shape().length();
    if (now.times() < 1 || now.times() > length || (times == null && now.times() < length)) {
      throw new IllegalArgumentException(now.times() + " time steps of " + length);
    }
    try (TInt32 places = TInt32.vectorOf(now.starts());
        TInt32 timesNow = TInt32.scalarOf(now.times());
        TFloat32 keptNow = TFloat32.scalarOf(now.anew() ? 0 : 1);
        TInt64 seed = TInt64.vectorOf(now.draw(), 0);
        TFloat32 factorNow = TFloat32.scalarOf((float) now.scheduleFactor());
        TFloat32 takenNow = TFloat32.scalarOf((float) (step - dropped));
        TFloat32 shareNow = TFloat32.scalarOf((float) (1.0 / (averaged + 1)))) {
      Session.Runner runner =
          session
              .runner()
              .feed(starts, places)
              .feed(kept, keptNow)
              .feed(seeds, seed)
              .feed(factor, factorNow)
              .feed(taken, takenNow)
              .feed(share, shareNow)
              .fetch(loss)
              .fetch(changes.finite());
      if (times != null) {
        runner.feed(times, timesNow);
      }
      changes.assignments().forEach(runner::addTarget);
      if (now.average()) {
        averaging.forEach(runner::addTarget);
      }
      try (Result result = runner.run()) {
        step++;
        if (!((TBool) result.get(1)).getBoolean()) {
          dropped++;
          return Double.NaN;
        }
        averaged += now.average() ? 1 : 0;
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /**
   * Accuracy and loss of the {@link #trained} weights on a text, every token of which is predicted
   * once, see {@link LanguageScore}.
   *
   * @param tokens the text
   * @param streams read side by side, positive; with one the score is exact
   * @return not measured if the text is empty
   */
  public Score score(int[] tokens, int streams) {
    if (tokens.length == 0) {
      return Score.none();
    }
    Session.Runner runner = session.runner();
    (averaged > 0 ? readAverages : readWeights).forEach(runner::addTarget);
    runner.run().close();
    return reading.of(session, tokens, streams);
  }

  /** Weights behind the last step, in the order of the network. */
  public List<float[]> weights() {
    return variables.values(session, 0, weights);
  }

  /** What the training has come to: the averages, or the weights if no step has been averaged. */
  public List<float[]> trained() {
    return averaged > 0 ? variables.values(session, 3 * weights, 4 * weights) : weights();
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
    return new TrainingState(step, dropped, averaged, variables.values(session));
  }

  /** Goes back to a state of a training with the same arguments. */
  public void restore(TrainingState saved) {
    variables.restore(session, saved.tensors());
    step = saved.step();
    dropped = saved.dropped();
    averaged = saved.averaged();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private List<Operand<TFloat32>> averages() {
    return variables.operands(3 * weights, 4 * weights);
  }

  private static Placeholder<TFloat32> scalar(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  private static Operand<TFloat32> zeros(Ops tf, Shape shape) {
    return tf.fill(tf.constant(shape.asArray()), tf.constant(0f));
  }
}
