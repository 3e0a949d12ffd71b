package io.tandem.graph.joint.child;

import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.space.Candidate;
import io.tandem.space.RateFactor;
import io.tandem.space.SearchSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * What is fed to the child's programs: a candidate, rows of the data, the seed of dropout and
 * noise.
 *
 * @param <T> type of reals
 */
public final class ChildInputs<T extends TNumber> {
  private final CandidateFeeds<T> candidate;
  private final Placeholder<TInt32> trainingRows;
  private final Placeholder<TInt32> validationRows;
  private final Placeholder<TInt64> seed;
  private final Placeholder<TFloat64> progress;
  private final TrainingNoise<T> noise;

  /**
   * Adds the placeholders.
   *
   * @param tf where they are added
   * @param type type of reals
   * @param space what candidates are of
   * @param constants constants of the optimizer families
   * @param gates of the architecture; null where it has none
   */
  public ChildInputs(
      Ops tf,
      Class<T> type,
      SearchSpace space,
      InnerSettings constants,
      @Nullable Operand<TFloat64> gates) {
    candidate = new CandidateFeeds<>(tf, type, space, constants, gates);
    trainingRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
    validationRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    progress = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    noise = new TrainingNoise<>(seed, tf.dtypes.cast(progress, type));
  }

  /** What is fed of the candidate. */
  public CandidateFeeds<T> candidate() {
    return candidate;
  }

  /** Rows of the training part, {@code [steps, batch]}. */
  public Placeholder<TInt32> trainingRows() {
    return trainingRows;
  }

  /** Rows of the validation part, {@code [batch]}. */
  public Placeholder<TInt32> validationRows() {
    return validationRows;
  }

  /** Seed of dropout, noise and initial weights, {@code [2]}. */
  Placeholder<TInt64> seed() {
    return seed;
  }

  /** The same seed and how far the training is. */
  public TrainingNoise<T> noise() {
    return noise;
  }

  /**
   * Feeds all of it.
   *
   * @param runner takes the feeds
   * @param chosen the candidate
   * @param factor factor of the schedule on the learning rate
   * @param rows rows and seed
   * @param open collects the tensors, which the caller closes after the run
   */
  public void feed(
      Session.Runner runner, Candidate chosen, RateFactor factor, Rows rows, List<Tensor> open) {
    candidate.feed(runner, chosen, factor, open);
    int[][] training = rows.training();
    TInt32 matrix = TInt32.tensorOf(Shape.of(training.length, training[0].length));
    StdArrays.copyTo(training, matrix);
    CandidateFeeds.add(runner, trainingRows, matrix, open);
    CandidateFeeds.add(runner, validationRows, TInt32.vectorOf(rows.validation()), open);
    CandidateFeeds.add(runner, seed, TInt64.vectorOf(rows.seed(), rows.step()), open);
    CandidateFeeds.add(runner, progress, TFloat64.scalarOf(rows.progress()), open);
  }
}
