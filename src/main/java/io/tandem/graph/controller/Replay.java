package io.tandem.graph.controller;

import io.tandem.space.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * What the controller says of choices that were made. The LSTM goes through the decisions one by
 * one; its inputs are known beforehand, but for those that depend on its states, and the decisions
 * of each kind are judged together after the last step.
 *
 * @param <T> type of reals
 */
final class Replay<T extends TNumber> {
  private final Parameters<T> parameters;
  private final Ops tf;
  private final ControllerSettings settings;
  private final List<Decision> decisions;
  private final int architecture;
  private final ReplaySource<T> source;
  private final PerPart<T> copies;

  /** {@code R}. */
  private final Operand<TInt32> rows;

  private final int[] columns;
  private final int recordedColumns;

  /**
   * Prepares a replay.
   *
   * @param parameters of the controller
   * @param settings of the controller
   * @param decisions architecture first
   * @param architecture number of its decisions
   * @param source the choices
   * @param copies the parameters of every part
   */
  Replay(
      Parameters<T> parameters,
      ControllerSettings settings,
      List<Decision> decisions,
      int architecture,
      ReplaySource<T> source,
      PerPart<T> copies) {
    this.parameters = parameters;
    this.tf = parameters.ops();
    this.settings = settings;
    this.decisions = List.copyOf(decisions);
    this.architecture = architecture;
    this.source = source;
    this.copies = copies;
    this.rows = tf.math.mul(source.parts(), source.samples());
    columns = new int[decisions.size()];
    int column = 0;
    for (int index = 0; index < columns.length; index++) {
      Decision decision = decisions.get(index);
      columns[index] = column;
      column += decision instanceof Decision.Continuous ? 0 : decision.width();
    }
    recordedColumns = column;
  }

  PolicySample<T> of(
      Lstm<T> lstm,
      InputTable<T> inputs,
      List<Head<T>> heads,
      Parameter<T> start,
      SkipHead.@Nullable Attention<T> attention) {
    CategoricalBatch<T> categorical = new CategoricalBatch<>(parameters, settings, copies);
    SkipBatch<T> skips = new SkipBatch<>(parameters, settings, copies);
    GaussianBatch<T> gaussian = new GaussianBatch<>(parameters, copies, source);
    List<Integer> reals = new ArrayList<>();
    for (int index = 0; index < heads.size(); index++) {
      if (heads.get(index) instanceof GaussianHead<T> head) {
        gaussian.declare(head);
        reals.add(index);
      }
    }
    gaussian.prepare(reals);
    List<Operand<T>> known = known(inputs, heads, start);
    Lstm.Pass<T> pass = new Lstm.Pass<>(lstm, copies);
    Operand<T> input = known.get(0);
    int next = 1;
    for (int index = 0; index < heads.size(); index++) {
      Operand<T> hidden = pass.step(input);
      boolean last = index == heads.size() - 1;
      Head<T> head = heads.get(index);
      if (head instanceof CategoricalHead<T> choice) {
        categorical.add(choice, hidden);
        input = last ? input : known.get(next++);
      } else if (head instanceof SkipHead<T> skip) {
        skips.add(skip.earlier(), hidden);
        input =
            last
                ? input
                : inputs.of(skip.mean(skips.anchors(), chosen(columns[index], skip.earlier())));
      } else {
        Operand<T> share = gaussian.add(hidden);
        if (!last) {
          input = GaussianHead.next(tf, known.get(next + 1), known.get(next), share);
          next += 2;
        }
      }
      if (Controller.endsLayer(decisions, index)) {
        skips.anchor(hidden);
      }
    }
    pass.end();
    return sample(categorical, skips, gaussian, attention);
  }

  private PolicySample<T> sample(
      CategoricalBatch<T> categorical,
      SkipBatch<T> skips,
      GaussianBatch<T> gaussian,
      SkipHead.@Nullable Attention<T> attention) {
    List<Operand<T>> logArchitecture = new ArrayList<>();
    List<Operand<T>> logDiscrete = new ArrayList<>();
    List<Operand<T>> logChoices = new ArrayList<>();
    List<Operand<T>> entropy = new ArrayList<>();
    Operand<T> skipPenalty = nothing();
    int kept =
        (int)
            decisions.subList(0, architecture).stream()
                .filter(Decision.Categorical.class::isInstance)
                .count();
    if (!categorical.isEmpty()) {
      categorical.complete(chosenAcross(Decision.Categorical.class));
      logDiscrete.add(sum(categorical.logChoices()));
      entropy.add(categorical.entropy());
      if (kept > 0) {
        Operand<T> first =
            tf.slice(
                categorical.logChoices(),
                tf.constant(new int[] {0, 0}),
                tf.constant(new int[] {kept, -1}));
        logChoices.add(first);
        logArchitecture.add(sum(first));
      }
    }
    if (!skips.isEmpty() && attention != null) {
      skips.complete(
          attention, tf.dtypes.cast(chosenAcross(Decision.Skips.class), parameters.type()));
      Operand<T> log = sum(skips.logChoices());
      logDiscrete.add(log);
      logArchitecture.add(log);
      logChoices.add(skips.logChoices());
      entropy.add(skips.entropy());
      skipPenalty = skips.penalty();
    }
    if (!gaussian.isEmpty()) {
      gaussian.complete();
      entropy.add(gaussian.entropy());
    }
    return new PolicySample<>(
        gaussian.isEmpty()
            ? tf.fill(tf.stack(List.of(rows, tf.constant(0))), parameters.real(0))
            : gaussian.shares(),
        total(logArchitecture),
        choices(logChoices, kept),
        total(logDiscrete),
        gaussian.isEmpty() ? nothing() : gaussian.logDensity(),
        total(entropy),
        skipPenalty,
        copies);
  }

  /** Log-probabilities by kind, {@code [integers of a kind, R]}, in the order of the integers. */
  private Operand<T> choices(List<Operand<T>> kinds, int categorical) {
    if (kinds.isEmpty()) {
      return tf.fill(tf.stack(List.of(rows, tf.constant(0))), parameters.real(0));
    }
    List<Integer> order = new ArrayList<>();
    int choice = 0;
    int skip = categorical;
    for (Decision decision : decisions.subList(0, architecture)) {
      for (int each = 0; each < decision.width(); each++) {
        order.add(decision instanceof Decision.Skips ? skip++ : choice++);
      }
    }
    Operand<T> all = kinds.size() == 1 ? kinds.get(0) : tf.concat(kinds, tf.constant(0));
    Operand<T> ordered =
        tf.gather(
            all, tf.constant(order.stream().mapToInt(each -> each).toArray()), tf.constant(0));
    return transposed(ordered);
  }

  /**
   * Looks up what is known before the first step, all of it at once: the input of that step, and
   * for every decision with one after it what that gets: of a categorical decision the row of the
   * choice, of a continuous one offset and direction; each {@code [R, 4 units]}.
   */
  private List<Operand<T>> known(InputTable<T> inputs, List<Head<T>> heads, Parameter<T> start) {
    List<Integer> places = new ArrayList<>();
    List<Integer> firsts = new ArrayList<>(List.of(inputs.first(start)));
    // Where no choice is added there is a column of zeros behind those of the record.
    int none = recordedColumns;
    places.add(none);
    for (int index = 0; index < heads.size() - 1; index++) {
      if (heads.get(index) instanceof CategoricalHead<T> head) {
        places.add(columns[index]);
        firsts.add(inputs.first(head.embedding()));
      } else if (heads.get(index) instanceof GaussianHead<T> head) {
        places.add(none);
        firsts.add(inputs.first(head.offset()));
        places.add(none);
        firsts.add(inputs.first(head.direction()));
      }
    }
    Operand<TInt32> zeros =
        tf.fill(tf.stack(List.of(source.samples(), tf.constant(1))), tf.constant(0));
    Operand<TInt32> choices =
        transposed(
            tf.gather(
                tf.concat(List.of(source.recorded(), zeros), tf.constant(1)),
                tf.constant(array(places)),
                tf.constant(1))); // [known, M]
    Operand<TInt32> indices =
        tf.math.add(choices, tf.expandDims(tf.constant(array(firsts)), tf.constant(1)));
    Operand<TInt32> ofParts =
        tf.math.add(
            tf.expandDims(indices, tf.constant(1)),
            tf.reshape(inputs.starts(), tf.constant(new int[] {1, -1, 1}))); // [known, P, M]
    Operand<TInt32> flat = tf.reshape(ofParts, tf.constant(new int[] {places.size(), -1}));
    return List.copyOf(tf.unstack(inputs.look(flat), (long) places.size()).output());
  }

  /** Columns of the record as rows, {@code [columns, M]}. */
  private Operand<TInt32> across(List<Integer> places) {
    return transposed(tf.gather(source.recorded(), tf.constant(array(places)), tf.constant(1)));
  }

  private <U extends TType> Operand<U> transposed(Operand<U> matrix) {
    return tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0}));
  }

  /** The choices of all decisions of a kind for every part, {@code [choices, R]}. */
  private Operand<TInt32> chosenAcross(Class<? extends Decision> kind) {
    List<Integer> places = new ArrayList<>();
    for (int index = 0; index < columns.length; index++) {
      if (kind.isInstance(decisions.get(index))) {
        for (int each = 0; each < decisions.get(index).width(); each++) {
          places.add(columns[index] + each);
        }
      }
    }
    return tf.tile(across(places), tf.stack(List.of(tf.constant(1), source.parts())));
  }

  /** The choices of one decision for every part, {@code [R, width]}. */
  private Operand<T> chosen(int column, int width) {
    Operand<TInt32> recorded =
        tf.slice(
            source.recorded(),
            tf.constant(new int[] {0, column}),
            tf.constant(new int[] {-1, width}));
    return tf.dtypes.cast(
        tf.tile(recorded, tf.stack(List.of(source.parts(), tf.constant(1)))), parameters.type());
  }

  private Operand<T> sum(Operand<T> choices) {
    return tf.reduceSum(choices, tf.constant(0));
  }

  private Operand<T> total(List<Operand<T>> terms) {
    return terms.isEmpty() ? nothing() : terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }

  private Operand<T> nothing() {
    return tf.fill(tf.stack(List.of(rows)), parameters.real(0));
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(each -> each).toArray();
  }
}
