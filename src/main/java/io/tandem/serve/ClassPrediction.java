package io.tandem.serve;

import io.tandem.data.DataException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * What a model says about one row.
 *
 * @param label the class that it names: the most probable one, or what a threshold decides
 * @param probabilities one per class, in the model's order
 */
public record ClassPrediction(String label, float[] probabilities) implements Prediction {
  static final String PROBABILITIES = "probabilities";
  static final String CLASS = "class";

  /**
   * The number of the class that it names; that of the most probable one if it names none of the
   * classes, as a model of another program may.
   *
   * @param classes in the model's order
   */
  int answer(List<String> classes) {
    int best = classes.indexOf(label);
    for (int index = 0; best < 0 && index < probabilities.length; index++) {
      float probability = probabilities[index];
      boolean highest = true;
      for (float other : probabilities) {
        highest &= probability >= other;
      }
      best = highest ? index : best;
    }
    return Math.max(0, best);
  }

  /**
   * The probability of the class that it names.
   *
   * @param classes in the model's order
   */
  public float probability(List<String> classes) {
    return probabilities[answer(classes)];
  }

  @Override
  public void requireFinite(String place) {
    for (float probability : probabilities) {
      if (!Float.isFinite(probability)) {
        throw new DataException(
            place
                + ": the model has no answer to this row, its probabilities are not finite; its"
                + " values lie far outside those of the training");
      }
    }
  }

  /** What a model says about a batch, one per row. */
  static List<ClassPrediction> of(Result result) {
    TFloat32 probabilities = (TFloat32) result.get(PROBABILITIES).orElseThrow();
    TString labels = (TString) result.get(CLASS).orElseThrow();
    int count = Math.toIntExact(probabilities.shape().get(0));
    int classes = Math.toIntExact(probabilities.shape().get(1));
    float[] flat = new float[count * classes];
    probabilities.copyTo(DataBuffers.of(flat, false, false));
    List<ClassPrediction> predictions = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      float[] own = new float[classes];
      System.arraycopy(flat, row * classes, own, 0, classes);
      predictions.add(new ClassPrediction(labels.getObject(row), own));
    }
    return predictions;
  }
}
