package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.text.Windows;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.ReferenceModel;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.child.LanguageTask;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.child.Texts;
import io.tandem.graph.joint.child.Trained;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.session.Placement;
import io.tandem.space.Candidate;
import io.tandem.space.CellActivation;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.Range;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.space.RecurrentSpace;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;

/**
 * The shared language models as a search drives them: the state goes from step to step with the
 * shared weights and from nowhere else, and the whole validation text is read.
 */
class LanguageChildTest {
  private static final int WORDS = 7;
  private static final int LENGTH = 4;
  private static final int BATCH = 2;
  private static final int[] TRAIN = text(60, 3);
  private static final int[] VALIDATION = text(27, 5);
  private static final Windows WINDOWS = new Windows(TRAIN.length, BATCH, LENGTH);
  private static final RecurrentSpace SPACE =
      new RecurrentSpace(
          3, 3, List.of(CellActivation.values()), true, LanguageRegularisation.none());
  private static final String CELL = "0 0 1 1 3 0 2";

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  private static int[] text(int length, int step) {
    int[] words = new int[length];
    for (int place = 0; place < length; place++) {
      words[place] = (place * step + place * place / 4) % WORDS;
    }
    return words;
  }

  /** One program in a graph of its own, with the same initial weights in all. */
  private static final class Fixture implements AutoCloseable {
    final Graph graph = new Graph();
    final Session session = ImageChild.session(graph);
    final ChildProgram<TFloat64> child;
    final int steps;

    Fixture(int steps) {
      this.steps = steps;
      Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
      values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
      ranges.put(Hyperparameter.LEARNING_RATE, new Range(0.01, 10));
      SearchSpace space =
          new SearchSpace(
              SPACE,
              new OptimizerSpace(
                  List.of(OptimizerFamily.SGD), List.of(Schedule.CONSTANT), ranges, 0));
      InnerSettings inner = new InnerSettings(steps, 0.999, 1e-8);
      child =
          new ChildProgram<>(
                  graph,
                  session,
                  Placement.cpu(),
                  TFloat64.class,
                  space,
                  (tf, inputs) ->
                      new LanguageTask<>(
                          tf,
                          Placement.cpu(),
                          TFloat64.class,
                          inputs,
                          SPACE,
                          new Texts(TRAIN, VALIDATION, WORDS, LENGTH, BATCH + 1)),
                  new FamilySwitch(List.of(OptimizerFamily.SGD), inner),
                  inner,
                  new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
              .withResponse(new Unrolled());
      child.load();
      child.initialise(3, candidate().optimizer());
    }

    /** As many windows as the program has steps. */
    Trained train(int first) {
      return child.train(candidate(), 1, rows(first), false, false, first);
    }

    Rows rows(int first) {
      int[][] all = new int[steps][];
      for (int step = 0; step < steps; step++) {
        long window = (long) first + step;
        int[] starts = WINDOWS.starts(window);
        all[step] =
            WINDOWS.first(window)
                ? Arrays.stream(starts).map(start -> -1 - start).toArray()
                : starts;
      }
      return new Rows(all, new int[] {0, 9, 20}, 1, 0);
    }

    List<double[]> weights() {
      List<Operand<TFloat64>> all = new ArrayList<>(child.network().weights());
      return Doubles.fetch(session.runner(), all);
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static Map<Hyperparameter, Double> values() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter name : Hyperparameter.values()) {
      values.put(name, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.8);
    values.put(Hyperparameter.CLIP_NORM, 0.5);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return values;
  }

  private static Candidate candidate() {
    return new Candidate(
        RecurrentArchitecture.parse(CELL),
        new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values()));
  }

  @Test
  void train_windowByWindow_isTrainingOnSeveralAtOnce() {
    try (Fixture one = new Fixture(1);
        Fixture three = new Fixture(3)) {
      double sum = one.train(0).loss() + one.train(1).loss() + one.train(2).loss();
      assertThat(three.train(0).loss()).isCloseTo(sum / 3, within(1e-12));
      double more = one.train(3).loss() + one.train(4).loss() + one.train(5).loss();
      assertThat(three.train(3).loss()).isCloseTo(more / 3, within(1e-12));
      List<double[]> weights = one.weights();
      for (int index = 0; index < weights.size(); index++) {
        assertThat(three.weights().get(index)).containsExactly(weights.get(index), within(1e-12));
      }
    }
  }

  @Test
  void respond_betweenSteps_leavesStateAndWeights() {
    try (Fixture disturbed = new Fixture(1);
        Fixture left = new Fixture(1)) {
      disturbed.train(0);
      left.train(0);
      Response response = disturbed.child.respond(candidate(), 1, disturbed.rows(1));
      assertThat(response.dropped()).isFalse();
      assertThat(response.response()[0]).isNotZero();
      disturbed.child.evaluate(candidate());
      assertThat(disturbed.train(1).loss()).isEqualTo(left.train(1).loss());
    }
  }

  /** Behind the last window of the text the first one comes again, with a state of zeros. */
  @Test
  void train_textAgain_beginsWithoutMemory() {
    assertThat(WINDOWS.first(0)).isTrue();
    assertThat(WINDOWS.first(WINDOWS.count())).isTrue();
    try (Fixture fixture = new Fixture(1);
        Fixture fresh = new Fixture(1)) {
      Rows rows = fixture.rows(0);
      fixture.train(1);
      fixture.child.initialise(3, candidate().optimizer());
      assertThat(fixture.child.train(candidate(), 1, rows, false, false, 0).loss())
          .isEqualTo(fresh.train(0).loss());
    }
  }

  @Test
  void evaluate_wholeText_isThePlainModelsCrossEntropy() {
    try (Fixture fixture = new Fixture(1)) {
      fixture.train(0);
      Evaluation found = fixture.child.evaluate(candidate());
      List<double[]> weights = own(fixture.weights());
      ReferenceModel model =
          new ReferenceModel(
              RecurrentArchitecture.parse(CELL),
              RecurrentArchitecture.parse(CELL).outputs(true),
              new LanguageShape(WORDS, SPACE.hidden(), VALIDATION.length - 1),
              weights);
      model.run(new int[][] {VALIDATION}, new double[1][SPACE.hidden()]);
      double sum = 0;
      int right = 0;
      for (int time = 0; time + 1 < VALIDATION.length; time++) {
        double[] logits = model.logits.get(time);
        double all = Arrays.stream(logits).map(Math::exp).sum();
        sum += Math.log(all) - logits[VALIDATION[time + 1]];
        double most = Arrays.stream(logits).max().orElseThrow();
        right += logits[VALIDATION[time + 1]] == most ? 1 : 0;
      }
      assertThat(found.loss()).isCloseTo(sum / (VALIDATION.length - 1), within(1e-12));
      assertThat(found.accuracy())
          .isCloseTo((double) right / (VALIDATION.length - 1), within(1e-12));
    }
  }

  /** The cell's weights out of the shared ones. */
  private static List<double[]> own(List<double[]> shared) {
    int hidden = SPACE.hidden();
    int kernel = 2 * hidden * hidden;
    List<double[]> own = new ArrayList<>();
    int begin = 0;
    for (int size : new int[] {WORDS * hidden, WORDS, kernel, kernel}) {
      own.add(Arrays.copyOfRange(shared.get(0), begin, begin + size));
      begin += size;
    }
    List<RecurrentArchitecture.Node> nodes = RecurrentArchitecture.parse(CELL).nodes();
    for (int node = 1; node <= nodes.size(); node++) {
      int from = nodes.get(node - 1).source() * kernel;
      own.add(Arrays.copyOfRange(shared.get(node), from, from + kernel));
    }
    return own;
  }
}
