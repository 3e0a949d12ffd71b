package io.tandem.graph.controller;

import io.tandem.space.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The joint controller: one LSTM makes the architecture decisions, then, from the same hidden
 * state, the optimizer decisions, so that the optimizer head sees which architecture was chosen
 * (Adam and Lorraine; sampling as in Pham et al. 2018).
 *
 * <p>Decisions whose names share a prefix up to the last {@code /} belong to one layer; the hidden
 * state at the end of a layer is the anchor that later skip decisions attend to.
 *
 * @param <T> type of reals
 */
public final class Controller<T extends TNumber> implements Policy<T> {
  private final Ops tf;
  private final ControllerSettings settings;
  private final List<Decision> decisions = new ArrayList<>();
  private final int architecture;
  private final Parameters<T> parameters;
  private final Lstm<T> lstm;
  private final Parameter<T> start;
  private final List<Head<T>> heads = new ArrayList<>();
  private SkipHead.@Nullable Attention<T> attention;

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
    this.settings = settings;
    this.architecture = architecture.size();
    decisions.addAll(architecture);
    decisions.addAll(optimizer);
    this.parameters = new Parameters<>(tf, type, settings.initRange(), seed);
    int units = settings.lstmUnits();
    this.lstm = Lstm.create(parameters, units);
    this.start = parameters.uniform(1, units);
    for (int index = 0; index < decisions.size(); index++) {
      heads.add(head(decisions.get(index), index == decisions.size() - 1));
    }
    parameters.complete();
  }

  private Head<T> head(Decision decision, boolean last) {
    if (decision instanceof Decision.Categorical categorical) {
      return new CategoricalHead<>(parameters, settings, categorical.options(), last);
    }
    if (decision instanceof Decision.Continuous) {
      return new GaussianHead<>(parameters, settings, last);
    }
    if (attention == null) {
      attention = SkipHead.Attention.create(parameters, settings.lstmUnits());
    }
    int earlier = ((Decision.Skips) decision).earlier();
    return new SkipHead<>(parameters, settings, earlier, attention, last);
  }

  @Override
  public Class<T> type() {
    return parameters.type();
  }

  @Override
  public Variable<T> vector() {
    return parameters.vector();
  }

  @Override
  public PolicyDraws<T> draw(Operand<TInt64> seed, Operand<TInt32> samples) {
    PerPart<T> copies = new PerPart<>(parameters, tf.constant(1));
    InputTable<T> inputs = inputs(copies);
    Lstm.Pass<T> pass = new Lstm.Pass<>(lstm, copies);
    List<Operand<T>> noise = new Noise<>(parameters, seed, samples).of(decisions);
    // Concatenation wants two tensors at least; this one has no columns.
    Operand<TInt32> none = tf.fill(tf.stack(List.of(samples, tf.constant(0))), tf.constant(0));
    List<Operand<TInt32>> discrete = new ArrayList<>(List.of(none, none));
    List<Operand<T>> continuous = new ArrayList<>();
    List<Operand<T>> anchors = new ArrayList<>();
    List<Operand<T>> keys = new ArrayList<>();
    Operand<T> input =
        inputs.look(tf.fill(tf.stack(List.of(samples)), tf.constant(inputs.first(start))));
    for (int index = 0; index < decisions.size(); index++) {
      Operand<T> hidden = pass.step(input);
      Head.Drawn<T> drawn =
          heads.get(index).draw(new DrawState<>(hidden, anchors, keys, noise.get(index), inputs));
      if (drawn.discrete() != null) {
        discrete.add(drawn.discrete());
      }
      if (drawn.continuous() != null) {
        continuous.add(drawn.continuous());
      }
      if (drawn.next() != null) {
        input = drawn.next();
      }
      if (endsLayer(index)) {
        anchors.add(hidden);
        if (attention != null) {
          keys.add(tf.linalg.matMul(hidden, attention.previous().value()));
        }
      }
    }
    return new PolicyDraws<>(
        tf.concat(discrete, tf.constant(1)),
        continuous.isEmpty()
            ? tf.fill(tf.stack(List.of(samples, tf.constant(0))), parameters.real(0))
            : tf.stack(continuous, Stack.axis(1L)));
  }

  @Override
  public PolicySample<T> replay(ReplaySource<T> source) {
    PerPart<T> copies = new PerPart<>(parameters, source.parts());
    Replay<T> replay = new Replay<>(parameters, settings, decisions, architecture, source, copies);
    return replay.of(lstm, inputs(copies), heads, start, attention);
  }

  private InputTable<T> inputs(PerPart<T> copies) {
    List<Parameter<T>> embeddings = new ArrayList<>(List.of(start));
    List<Parameter<T>> directions = new ArrayList<>();
    for (Head<T> head : heads.subList(0, heads.size() - 1)) {
      if (head instanceof CategoricalHead<T> categorical) {
        embeddings.add(categorical.embedding());
      } else if (head instanceof GaussianHead<T> gaussian) {
        embeddings.add(gaussian.offset());
        directions.add(gaussian.direction());
      }
    }
    return new InputTable<>(parameters, lstm, embeddings, directions, copies);
  }

  private boolean endsLayer(int index) {
    return endsLayer(decisions, index);
  }

  /** Whether the decision after this one belongs to another layer. */
  static boolean endsLayer(List<Decision> decisions, int index) {
    return index + 1 < decisions.size()
        && !layer(decisions.get(index)).equals(layer(decisions.get(index + 1)));
  }

  private static String layer(Decision decision) {
    int slash = decision.name().lastIndexOf('/');
    return slash < 0 ? decision.name() : decision.name().substring(0, slash);
  }
}
