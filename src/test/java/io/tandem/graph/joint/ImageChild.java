package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Inputs;
import io.tandem.data.Values;
import io.tandem.graph.core.Precision;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.Placement;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MicroSpace;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Image children with few rows, and what is done with them. */
final class ImageChild {
  static final ImageShape IMAGE = new ImageShape(5, 4, 1);
  static final Rows ROWS =
      new Rows(new int[][] {{0, 1, 2, 3}, {4, 5, 6, 7}}, new int[] {0, 2, 5, 6, 7}, 4, 9, 0.5);
  static final List<Hyperparameter> SEARCHED =
      List.of(
          Hyperparameter.LEARNING_RATE,
          Hyperparameter.MOMENTUM,
          Hyperparameter.WEIGHT_DECAY,
          Hyperparameter.LABEL_SMOOTHING,
          Hyperparameter.LOSS_WEIGHTING,
          Hyperparameter.CLASS_BALANCE);

  private ImageChild() {}

  /** The unrolled response is the derivative of the loss after the loop. */
  static void agreesWithDifferences(ChildProgram<TFloat64> child, Candidate candidate) {
    Response here = child.respond(candidate, 1, ROWS);
    assertThat(here.dropped()).isFalse();
    assertThat(here.direct()).containsOnly(0);
    for (int index = 0; index < here.response().length; index++) {
      Hyperparameter name = SEARCHED.get(index);
      double value = candidate.optimizer().get(name);
      double step = 1e-5 * value;
      double up = child.respond(with(candidate, name, value + step), 1, ROWS).after();
      double down = child.respond(with(candidate, name, value - step), 1, ROWS).after();
      double difference = (up - down) / (2 * step);
      assertThat(here.response()[index])
          .as("%s", name.key())
          .isCloseTo(difference, within(1e-7 + 1e-6 * Math.abs(difference)));
      assertThat(Math.abs(difference)).as("%s", name.key()).isGreaterThan(1e-5);
    }
  }

  static Session session(Graph graph) {
    return new Session(
        graph,
        SessionConfig.ofBranches(new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32)));
  }

  static <T extends TNumber> ChildProgram<T> child(
      Graph graph,
      Session session,
      Class<T> type,
      ArchitectureSpace architectures,
      OptimizerFamily family,
      Optional<ImageShape> image,
      AugmentationSettings augmentation,
      Range strength,
      int steps,
      HypergradientEstimator estimator) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    values().forEach((name, at) -> ranges.put(name, Range.fixed(at)));
    // Cells are so sensitive that they get classes of the same size, and plain losses.
    boolean plain = architectures instanceof MicroSpace;
    for (Hyperparameter name : plain ? SEARCHED.subList(0, 4) : SEARCHED) {
      ranges.put(name, new Range(1e-6, 0.999));
    }
    ranges.put(Hyperparameter.AUGMENTATION, strength);
    SearchSpace space =
        new SearchSpace(
            architectures,
            new OptimizerSpace(List.of(family), List.of(Schedule.CONSTANT), ranges, 0));
    Inputs rows = Inputs.of(rows(image, plain));
    InnerSettings inner = new InnerSettings(steps, 0.999, 1e-8);
    return new ChildProgram<>(
            graph,
            session,
            Placement.cpu(),
            type,
            space,
            rows,
            rows,
            augmentation,
            new FamilySwitch(space.families(), inner),
            inner,
            new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
        .withResponse(estimator);
  }

  private static Dataset rows(Optional<ImageShape> image, boolean balanced) {
    int count = 8;
    double[] numbers = Derivatives.numbers(count * IMAGE.size(), 1);
    float[] pixels = new float[numbers.length];
    for (int index = 0; index < pixels.length; index++) {
      pixels[index] = (float) numbers[index];
    }
    int[] labels =
        IntStream.range(0, count).map(row -> balanced ? row % 2 : row % 3 == 1 ? 1 : 0).toArray();
    // The classes differ in the upper rows of their images.
    for (int row = 0; row < count; row++) {
      for (int pixel = 0; pixel < 10; pixel++) {
        pixels[row * IMAGE.size() + pixel] += labels[row] == 0 ? 1 : -1;
      }
    }
    List<String> names = IntStream.range(0, IMAGE.size()).mapToObj(index -> "x" + index).toList();
    return new Dataset(
        new Values.Floats(pixels), IMAGE.size(), labels, List.of("a", "b"), names, image);
  }

  static Candidate candidate(Architecture architecture, OptimizerFamily family) {
    return new Candidate(architecture, new OptimizerSettings(family, Schedule.CONSTANT, values()));
  }

  private static Map<Hyperparameter, Double> values() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.05);
    values.put(Hyperparameter.MOMENTUM, 0.8);
    values.put(Hyperparameter.WEIGHT_DECAY, 1e-2);
    values.put(Hyperparameter.LABEL_SMOOTHING, 0.1);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return values;
  }

  static Candidate with(Candidate candidate, Hyperparameter name, double value) {
    return new Candidate(candidate.architecture(), candidate.optimizer().with(name, value));
  }

  static <T extends TNumber> List<double[]> weights(Session session, ChildProgram<T> child) {
    List<Operand<T>> weights = new ArrayList<>(child.network().weights());
    return Doubles.fetch(session.runner(), weights);
  }
}
