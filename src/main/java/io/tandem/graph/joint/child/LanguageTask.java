package io.tandem.graph.joint.child;

import io.tandem.data.text.EvaluationWindows;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.SharedRecurrent;
import io.tandem.graph.core.Scalars;
import io.tandem.graph.input.PlacedWords;
import io.tandem.graph.session.Placement;
import io.tandem.metric.Metric;
import io.tandem.space.Hyperparameter;
import io.tandem.space.RecurrentSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Shared language models on texts. A training row is where a window begins in the training part,
 * and {@code -1 - start} where the window is the first of its stream and begins with a state of
 * zeros; the others begin with the state that the windows of the steps before left. A validation
 * row is where a window begins in the validation part, always with a state of zeros.
 *
 * @param <T> type of reals
 */
public final class LanguageTask<T extends TNumber> implements ChildTask<T> {
  private final int[] validation;
  private final PlacedWords training;
  private final PlacedWords judged;
  private final LanguageProblem<T> problem;

  /**
   * Adds the models and their texts.
   *
   * @param tf where they are added
   * @param placement number format of the models
   * @param type float32 or float64
   * @param inputs what is fed
   * @param space the cells
   * @param texts what is read
   */
  public LanguageTask(
      Ops tf,
      Placement placement,
      Class<T> type,
      ChildInputs<T> inputs,
      RecurrentSpace space,
      Texts texts) {
    validation = texts.validation();
    training = new PlacedWords(tf, texts.training());
    judged = new PlacedWords(tf, EvaluationWindows.padded(validation, texts.length()));
    CandidateFeeds<T> candidate = inputs.candidate();
    SharedRecurrent<T> child =
        new SharedRecurrent<>(
            tf,
            placement.precision(),
            type,
            space,
            candidate.architecture(),
            new LanguageShape(texts.vocabulary(), space.hidden(), texts.length()));
    problem =
        new LanguageProblem<>(
            child,
            candidate.optimizer(),
            Stream.concat(
                    Stream.of(Hyperparameter.AUGMENTATION), Hyperparameter.dropouts().stream())
                .anyMatch(candidate.space().optimizer()::isSearched),
            training,
            judged,
            new LanguageProblem.Read<>(
                inputs.trainingRows(),
                tf.variable(Shape.of(texts.streams(), space.hidden()), type),
                inputs.validationRows()),
            texts.length(),
            inputs.seed());
  }

  @Override
  public JointProblem<T> problem() {
    return problem;
  }

  @Override
  public Judge judge(
      Ops tf,
      Session session,
      ChildInputs<T> inputs,
      List<Operand<T>> weights,
      Optional<Metric> metric) {
    if (metric.isPresent()) {
      throw new IllegalArgumentException("words are ranked by their loss, not by " + metric.get());
    }
    return new LanguageEvaluation<>(tf, session, inputs, problem, weights, validation.length);
  }

  @Override
  public Set<String> names() {
    return Set.of(training.name(), judged.name());
  }

  @Override
  public void load(Session session) {
    training.load(session);
    judged.load(session);
  }

  @Override
  public List<Op> resets(Ops tf) {
    Variable<T> state = problem.read().state();
    Operand<TInt64> shape = tf.constant(state.shape().asArray());
    return List.of(tf.assign(state, tf.fill(shape, Scalars.of(tf, 0, state.type()))));
  }
}
