package io.tandem.graph.child.image;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.Parts;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Constants;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MacroSpace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * All macro networks of a space on one set of weights (Pham et al. 2018, section 2.3).
 *
 * <p>Its weights are flat vectors: one that all architectures use (stem, normalisations behind the
 * operations, reductions of what the next layer works on, head); for every layer one with the
 * weights of all operations one after another, of which an architecture uses a segment; and one for
 * every reduction of an earlier output, which is used if a later layer adds that output in. Only
 * what is used runs, forward, backward and in second derivatives. Normalisation is by the batch.
 *
 * @param <T> type of reals
 */
public final class SharedMacro<T extends TNumber> extends SharedImageChild<T> {
  private final Ops tf;
  private final Precision precision;
  private final MacroSpace space;
  private final ArchitectureTensors<T> architecture;
  private final List<Integer> reductions;
  private final Constants constants;
  private final MacroVectors vectors;

  /**
   * Creates the variables, uninitialised until {@link #initialValues} are assigned.
   *
   * @param tf graph scope
   * @param precision number format of the products
   * @param type float32 or float64
   * @param space the networks
   * @param architecture the chosen one
   * @param image size of the images
   * @param outputs number of outputs
   */
  public SharedMacro(
      Ops tf,
      Precision precision,
      Class<T> type,
      MacroSpace space,
      ArchitectureTensors<T> architecture,
      ImageShape image,
      int outputs) {
    this(
        tf,
        precision,
        type,
        space,
        architecture,
        image,
        MacroVectors.of(tf, space, architecture.choices(), image, outputs));
  }

  private SharedMacro(
      Ops tf,
      Precision precision,
      Class<T> type,
      MacroSpace space,
      ArchitectureTensors<T> architecture,
      ImageShape image,
      MacroVectors vectors) {
    super(tf, type, architecture, image, space.filters(0), vectors.list());
    this.tf = tf;
    this.precision = precision;
    this.space = space;
    this.architecture = architecture;
    this.vectors = vectors;
    reductions = MacroArchitecture.reductions(space.layers());
    constants = new Constants(tf);
  }

  private Operand<TInt32> operation(int layer) {
    return architecture.choices().get(space.column(layer));
  }

  private Operand<TInt32> bit(int layer, int output) {
    return architecture.choices().get(space.column(layer) + 1 + output);
  }

  @Override
  TrainingLogits<T> build(
      List<Operand<T>> active, Operand<T> images, @Nullable TrainingNoise<T> noise) {
    ImageLayers<T> layers = new ImageLayers<>(tf, new BatchStatistics<>(), precision, constants);
    Iterator<Operand<T>> next =
        vectors.list().get(0).parts().cut(tf, constants, active.get(0)).iterator();
    Operand<T> x = Stem.apply(layers, next, images);
    List<Operand<T>> outputs = new ArrayList<>(List.of(x));
    for (int layer = 0; layer < space.layers(); layer++) {
      x =
          gated(
              space.column(layer),
              operate(layers, layer, x, active.get(MacroVectors.layer(layer))));
      x = layers.normalised(addSkips(layer, x, outputs), next);
      if (reductions.contains(layer + 1)) {
        List<MacroVectors.Reduction> earlier =
            vectors.reductions().getOrDefault(layer + 1, List.of());
        for (int output = 0; output < earlier.size(); output++) {
          MacroVectors.Reduction reduction = earlier.get(output);
          Operand<T> vector = active.get(reduction.vector());
          outputs.set(
              output, reduce(layers, layer + 1, reduction.used(), vector, outputs.get(output)));
        }
        x = FactorizedReduction.apply(layers, next, x);
      }
      outputs.add(x);
    }
    return new TrainingLogits<>(Head.apply(layers, next, x, space.dropout(), headSeed(noise)));
  }

  /**
   * The layer's operation with its segment. Every segment begins with the weights of the mixing,
   * which is therefore in the graph once and not once per operation.
   */
  private Operand<T> operate(ImageLayers<T> layers, int layer, Operand<T> x, Operand<T> segment) {
    Parts mixing = ImageLayers.mixing(space.filters(layer));
    List<Output<T>> split =
        tf.splitV(segment, tf.constant(new int[] {mixing.size(), -1}), tf.constant(0), 2L).output();
    Operand<T> mixed = layers.mixed(x, mixing.cut(tf, constants, split.get(0)).iterator());
    List<ConvolutionOperation> offered = space.operations();
    List<Operand<T>> own =
        LazyBranches.enterAll(tf, operation(layer), offered.size(), split.get(1));
    List<Function<Operand<T>, Operand<T>>> branches = new ArrayList<>();
    for (int index = 0; index < offered.size(); index++) {
      ImageOperation operation = ImageOperation.of(offered.get(index));
      Parts parts = operation.parts(space.filters(layer));
      Operand<T> vector = own.get(index);
      branches.add(
          data -> operation.apply(layers, parts.cut(tf, constants, vector).iterator(), data));
    }
    return LazyBranches.select(tf, operation(layer), mixed, branches);
  }

  /**
   * Adds the chosen earlier outputs. An earlier output goes through the choice and comes out again
   * for the layers behind, so that on the way back its derivative is passed on where it was not
   * chosen, instead of zeros being made and added for every layer that might have chosen it.
   */
  private Operand<T> addSkips(int layer, Operand<T> x, List<Operand<T>> outputs) {
    Operand<T> sum = x;
    for (int earlier = 0; space.skips() && earlier < layer; earlier++) {
      Operand<TInt32> bit = bit(layer, earlier);
      int column = space.column(layer) + 1 + earlier;
      Operand<T> gate =
          architecture.gates().isEmpty()
              ? null
              : LazyBranches.enter(tf, bit, 2, 1, architecture.gates().get(column));
      List<Operand<T>> both =
          LazyBranches.select(
              tf,
              bit,
              List.of(sum, outputs.get(earlier)),
              List.of(
                  data -> data,
                  data -> {
                    Operand<T> source = data.get(1);
                    Operand<T> added = gate == null ? source : tf.math.mul(source, gate);
                    return List.of(tf.math.add(data.get(0), added), source);
                  }));
      sum = both.get(0);
      outputs.set(earlier, both.get(1));
    }
    return sum;
  }

  /** An earlier output at the new resolution, or as it is if it is not needed any more. */
  private Operand<T> reduce(
      ImageLayers<T> layers,
      int after,
      Operand<TInt32> used,
      Operand<T> vector,
      Operand<T> output) {
    Operand<T> entered = LazyBranches.enter(tf, used, 2, 1, vector);
    Parts parts = MacroVectors.reduction(space, after);
    return LazyBranches.select(
        tf,
        used,
        output,
        List.of(
            tf::identity,
            x ->
                FactorizedReduction.apply(
                    layers, parts.cut(tf, constants, entered).iterator(), x)));
  }

  private Operand<T> gated(int column, Operand<T> x) {
    return architecture.gates().isEmpty() ? x : tf.math.mul(x, architecture.gates().get(column));
  }
}
