package io.tandem.graph.joint.child;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.child.RowInput;
import io.tandem.graph.child.SharedChild;
import io.tandem.graph.child.SharedPerceptron;
import io.tandem.graph.child.image.ImageShape;
import io.tandem.graph.child.image.SharedMacro;
import io.tandem.graph.child.image.SharedMicro;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.input.PlacedExamples;
import io.tandem.graph.session.Placement;
import io.tandem.metric.Metric;
import io.tandem.space.Hyperparameter;
import io.tandem.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Shared networks that predict the classes of examples, or numbers.
 *
 * @param <T> type of reals
 */
public final class ExamplesTask<T extends TNumber> implements ChildTask<T> {
  private final List<PlacedExamples<T>> data;
  private final SharedProblem<T> problem;

  /**
   * Adds the networks and their data.
   *
   * @param tf where they are added
   * @param placement number format of the networks
   * @param type float32 or float64
   * @param inputs what is fed
   * @param train training part
   * @param validation validation part
   * @param augmentation how training images are changed, where the networks see images
   */
  public ExamplesTask(
      Ops tf,
      Placement placement,
      Class<T> type,
      ChildInputs<T> inputs,
      Inputs train,
      Inputs validation,
      AugmentationSettings augmentation) {
    SharedChild<T> network = network(tf, placement, type, inputs, train.examples());
    data = List.of(PlacedExamples.of(tf, type, train), PlacedExamples.of(tf, type, validation));
    CandidateFeeds<T> candidate = inputs.candidate();
    problem =
        new SharedProblem<>(
            network,
            candidate.optimizer(),
            disturbance(candidate.space(), candidate.optimizer(), augmentation, train.examples()),
            data.get(0),
            data.get(1),
            inputs.trainingRows(),
            inputs.validationRows(),
            inputs.noise(),
            train.classWeights());
  }

  private static <T extends TNumber> SharedChild<T> network(
      Ops tf, Placement placement, Class<T> type, ChildInputs<T> inputs, Dataset examples) {
    CandidateFeeds<T> candidate = inputs.candidate();
    int outputs = examples.outcome().outputs();
    return candidate
        .space()
        .architecture()
        .match(
            perceptrons ->
                new SharedPerceptron<>(
                    tf,
                    placement.precision(),
                    type,
                    perceptrons,
                    candidate.architecture(),
                    RowInput.of(examples),
                    outputs),
            macros ->
                new SharedMacro<>(
                    tf,
                    placement.precision(),
                    type,
                    macros,
                    candidate.architecture(),
                    image(examples),
                    outputs),
            micros ->
                SharedMicro.of(
                    tf,
                    placement.precision(),
                    type,
                    micros,
                    candidate.architecture(),
                    image(examples),
                    outputs),
            recurrents -> {
              throw noRecurrentNetwork();
            });
  }

  private static <T extends TNumber> Disturbance<T> disturbance(
      SearchSpace space,
      OptimizerTensors<T> optimizer,
      AugmentationSettings augmentation,
      Dataset examples) {
    Operand<T> strength = optimizer.find(Hyperparameter.AUGMENTATION);
    boolean searched = space.optimizer().isSearched(Hyperparameter.AUGMENTATION);
    return space
        .architecture()
        .match(
            perceptrons -> Disturbance.noise(strength, RowInput.of(examples)),
            macros -> Disturbance.ofImages(augmentation, image(examples), strength, searched),
            micros -> Disturbance.ofImages(augmentation, image(examples), strength, searched),
            recurrents -> {
              throw noRecurrentNetwork();
            });
  }

  private static IllegalArgumentException noRecurrentNetwork() {
    return new IllegalArgumentException("recurrent cells read texts, not examples");
  }

  private static ImageShape image(Dataset examples) {
    return examples
        .image()
        .map(shape -> new ImageShape(shape.height(), shape.width(), shape.channels()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rows of " + examples.columns() + " columns are no images"));
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
    return new ChildEvaluation<>(
        tf, session, inputs, problem, weights, data.get(1).inputs().targets(), metric);
  }

  @Override
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    data.forEach(part -> names.addAll(part.names()));
    return names;
  }

  @Override
  public void load(Session session) {
    PlacedExamples.load(session, data);
  }
}
