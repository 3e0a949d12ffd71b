package io.tandem.graph.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Inputs;
import io.tandem.data.Standardisation;
import io.tandem.data.Values;
import io.tandem.data.image.ImageDataset;
import io.tandem.graph.objective.BatchLabels;
import io.tandem.testing.Sessions;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class PlacedExamplesTest {
  private static final ImageShape SHAPE = new ImageShape(4, 3, 3);
  private static final int[] ROWS = {5, 0, 5, 19};

  /** Bytes of every size, and labels that tell the rows apart. */
  private static ImageDataset images() {
    byte[] pixels = new byte[20 * SHAPE.size()];
    new SplittableRandom(4).nextBytes(pixels);
    int[] labels = new int[20];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = row % 3;
    }
    return new ImageDataset(pixels, SHAPE, labels, List.of("a", "b", "c"));
  }

  private static float[] gathered(Inputs inputs) {
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      PlacedExamples<TFloat32> placed = PlacedExamples.of(tf, TFloat32.class, inputs);
      var features = placed.features(tf, tf.constant(ROWS));
      var labels = ((BatchLabels<TFloat32>) placed.targets(tf, tf.constant(ROWS))).labels();
      PlacedExamples.load(session, List.of(placed));
      try (var result = session.runner().fetch(features).fetch(labels).run()) {
        TInt32 classes = (TInt32) result.get(1);
        for (int row = 0; row < ROWS.length; row++) {
          assertThat(classes.getInt(row)).isEqualTo(ROWS[row] % 3);
        }
        float[] values = new float[ROWS.length * inputs.columns()];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 255})
  void features_ofBytes_haveTheBitsOfFloatsThatWereStandardisedBefore(float white) {
    Dataset bytes = images().toDataset(white);
    assertThat(bytes.values()).isInstanceOf(Values.Bytes.class);
    Dataset floats =
        new Dataset(
            bytes.features(),
            bytes.columns(),
            bytes.labels(),
            bytes.classes(),
            bytes.featureNames());
    Standardisation standardisation = Standardisation.of(bytes);
    assertThat(standardisation).isEqualTo(Standardisation.of(floats));
    float[] expected = standardisation.apply(floats.featuresOf(ROWS));
    assertThat(gathered(new Inputs(bytes, standardisation))).isEqualTo(expected);
    assertThat(gathered(new Inputs(floats, standardisation))).isEqualTo(expected);
  }

  @Test
  void features_inFloat64_areThoseOfFloat32() {
    Inputs inputs = new Inputs(images().toDataset(255), Standardisation.none(SHAPE.size()));
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      PlacedExamples<TFloat64> placed = PlacedExamples.of(tf, TFloat64.class, inputs);
      var features = placed.features(tf, tf.constant(new int[] {2}));
      PlacedExamples.load(session, List.of(placed));
      try (var result = session.runner().fetch(features).run()) {
        TFloat64 values = (TFloat64) result.get(0);
        float[] expected = inputs.features(2, 3);
        for (int column = 0; column < expected.length; column++) {
          assertThat(values.getDouble(0, column)).isEqualTo(expected[column]);
        }
      }
    }
  }
}
