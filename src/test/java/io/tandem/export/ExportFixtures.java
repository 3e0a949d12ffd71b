package io.tandem.export;

import io.tandem.data.TableLayout;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.outcome.Outcome;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;

/** A small network with every activation and both kinds of shortcut, with drawn weights. */
public final class ExportFixtures {
  private ExportFixtures() {}

  /** The architecture. */
  public static PerceptronArchitecture architecture() {
    return new PerceptronArchitecture(
        List.of(
            new PerceptronArchitecture.Layer(7, Activation.RELU, 0.1, List.of()),
            new PerceptronArchitecture.Layer(5, Activation.GELU, 0, List.of(0)),
            new PerceptronArchitecture.Layer(9, Activation.SWISH, 0.2, List.of(0, 1)),
            new PerceptronArchitecture.Layer(9, Activation.SIGMOID, 0, List.of(2)),
            new PerceptronArchitecture.Layer(4, Activation.TANH, 0, List.of()),
            new PerceptronArchitecture.Layer(4, Activation.IDENTITY, 0, List.of())));
  }

  /** Four features, three classes. */
  public static TrainedNetwork model(List<String> featureNames) {
    SplittableRandom random = new SplittableRandom(5);
    List<float[]> weights =
        new PerceptronNetwork(architecture(), 4, 3)
            .shapes().stream().map(shape -> draw(shape, random)).toList();
    return new TrainedNetwork(
        new PerceptronNetwork(architecture(), 4, 3),
        weights,
        List.of(),
        new float[] {1, -2, 0.5f, 0},
        new float[] {2, 0.5f, 1, 3},
        1,
        new Outcome.Classes(List.of("ant", "bee", "wasp")),
        featureNames);
  }

  /** 40 rows of raw features. */
  public static Samples samples() {
    return new Samples(draw(Shape.of(40, 4), new SplittableRandom(6)), 4);
  }

  /** The network with these rows. */
  public static Servable servable(List<String> featureNames) {
    return servable(featureNames, Optional.empty());
  }

  /** The network with these rows, trained on a table. */
  public static Servable servable(List<String> featureNames, Optional<TableLayout> table) {
    return new ServableNetwork(model(featureNames), samples(), Optional.empty(), table);
  }

  /** A card. */
  public static ModelCard card() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.1);
    }
    return new ModelCard(
        "tandem",
        "insects.csv",
        "4 numbers as in the table",
        "00ff",
        "10 / 5 / 5 rows",
        7,
        new Candidate(
            architecture(), new OptimizerSettings(OptimizerFamily.ADAM, Schedule.COSINE, values)),
        1,
        new TreeMap<>(Map.of("test.accuracy", 0.97)),
        Optional.empty(),
        new TreeMap<>(Map.of("tandem", "0.1.0")),
        "tandem search insects.pbtxt");
  }

  private static float[] draw(Shape shape, SplittableRandom random) {
    float[] values = new float[(int) shape.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
