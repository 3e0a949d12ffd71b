package io.tandem.graph.child.image;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Constants;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.graph.session.Placement;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.MicroSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * All micro networks of a space on one set of weights (Pham et al. 2018, section 2.4).
 *
 * <p>Its weights are flat {@linkplain MicroVectors vectors}: one that all architectures use (stem,
 * calibrations of the cells' inputs, normalisations of their outputs, head); for every value of
 * every block one with the weights of all operations on all sources one after another, of which an
 * architecture uses a segment; and one for every block's part of its cell's output, which is used
 * if no other block reads the block. Only what is used runs, forward, backward and in second
 * derivatives. Normalisation is by the batch.
 *
 * @param <T> type of reals
 */
public final class SharedMicro<T extends TNumber> extends SharedImageChild<T> {
  private final Ops tf;
  private final Precision precision;
  private final int outputs;
  private final MicroSpace space;
  private final List<CellShape> shapes;
  private final List<MicroChoices> choices;
  private final MicroVectors vectors;
  private final Constants constants;
  private final List<List<List<ChosenOperation>>> operations = new ArrayList<>();

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
  public static <T extends TNumber> SharedMicro<T> of(
      Ops tf,
      Precision precision,
      Class<T> type,
      MicroSpace space,
      ArchitectureTensors<T> architecture,
      ImageShape image,
      int outputs) {
    List<CellShape> shapes = CellShape.of(space.cells(), space.filters(), image);
    List<MicroChoices> choices =
        List.of(
            MicroChoices.of(tf, space, architecture.choices(), false),
            MicroChoices.of(tf, space, architecture.choices(), true));
    MicroVectors vectors = MicroVectors.of(tf, space, shapes, choices, image, outputs);
    return new SharedMicro<>(
        tf, precision, type, space, architecture, image, outputs, shapes, choices, vectors);
  }

  private SharedMicro(
      Ops tf,
      Precision precision,
      Class<T> type,
      MicroSpace space,
      ArchitectureTensors<T> architecture,
      ImageShape image,
      int outputs,
      List<CellShape> shapes,
      List<MicroChoices> choices,
      MicroVectors vectors) {
    super(tf, type, architecture, image, CellShape.stem(space.filters()), vectors.list());
    this.tf = tf;
    this.precision = precision;
    this.outputs = outputs;
    this.space = space;
    this.shapes = shapes;
    this.choices = choices;
    this.vectors = vectors;
    constants = new Constants(tf);
    Map<CellShape, List<List<ChosenOperation>>> known = new HashMap<>();
    for (CellShape shape : shapes) {
      operations.add(known.computeIfAbsent(shape.within(), this::operations));
    }
  }

  private List<List<ChosenOperation>> operations(CellShape shape) {
    List<List<ChosenOperation>> blocks = new ArrayList<>();
    for (MicroChoices.Block block : chosen(shape)) {
      blocks.add(
          block.values().stream()
              .map(value -> new ChosenOperation(tf, space.operations(), shape, value))
              .toList());
    }
    return blocks;
  }

  private List<MicroChoices.Block> chosen(CellShape shape) {
    return choices.get(shape.reduces() ? 1 : 0).blocks();
  }

  @Override
  TrainingLogits<T> build(
      List<Operand<T>> active, Operand<T> images, @Nullable TrainingNoise<T> noise) {
    ImageLayers<T> layers = new ImageLayers<>(tf, new BatchStatistics<>(), precision, constants);
    Iterator<Operand<T>> next =
        vectors.list().get(0).parts().cut(tf, constants, active.get(0)).iterator();
    MicroGates<T> gates = new MicroGates<>(tf, space, gates());
    Operand<T> previous = Stem.apply(layers, next, images);
    Operand<T> beforePrevious = previous;
    Operand<T> amid = previous;
    for (int cell = 0; cell < shapes.size(); cell++) {
      CellShape shape = shapes.get(cell);
      List<Operand<T>> sources = new ArrayList<>();
      sources.add(
          shape.calibration(MicroArchitecture.BEFORE_PREVIOUS).apply(layers, next, beforePrevious));
      sources.add(shape.calibration(MicroArchitecture.PREVIOUS).apply(layers, next, previous));
      DropPath<T> paths =
          DropPath.of(
              tf,
              space.regularisation().dropPath(),
              noise,
              images,
              cell,
              shapes.size(),
              2 * space.blocks());
      addBlocks(layers, cell, active, sources, gates, paths);
      beforePrevious = previous;
      previous = layers.normalised(output(layers, cell, active, sources), next);
      amid = cell == AuxiliaryHead.cell(shapes) ? previous : amid;
    }
    CellRegularisation regularisation = space.regularisation();
    Operand<T> logits =
        Head.apply(layers, next, tf.nn.relu(previous), regularisation.dropout(), headSeed(noise));
    if (noise == null || !regularisation.hasAuxiliary()) {
      return new TrainingLogits<>(logits);
    }
    return TrainingLogits.of(
        logits,
        AuxiliaryHead.of(shapes, outputs).apply(layers, next, amid),
        regularisation.auxiliaryWeight());
  }

  private void addBlocks(
      ImageLayers<T> layers,
      int cell,
      List<Operand<T>> active,
      List<Operand<T>> sources,
      MicroGates<T> gates,
      DropPath<T> paths) {
    List<MicroChoices.Block> blocks = chosen(shapes.get(cell));
    for (int block = 0; block < blocks.size(); block++) {
      List<Operand<T>> terms = new ArrayList<>();
      for (int side = 0; side < 2; side++) {
        MicroChoices.Value value = blocks.get(block).values().get(side);
        LazyBranches.Chosen<T> source = LazyBranches.choose(tf, value.source(), sources);
        for (int index = 0; index < sources.size(); index++) {
          sources.set(index, source.all().get(index));
        }
        OptionalInt vector = vectors.cells().get(cell).get(block).values().get(side);
        Operand<T> segment = vector.isPresent() ? active.get(vector.getAsInt()) : null;
        ChosenOperation operation = operations.get(cell).get(block).get(side);
        Operand<T> made = operation.apply(layers, segment, source.chosen());
        Operand<T> left = paths.apply(made, 2 * block + side, exposed(value));
        terms.add(gates.apply(value.column(), left));
      }
      sources.add(tf.math.add(terms.get(0), terms.get(1)));
    }
  }

  /** 1 where an operation was chosen that drop-path may leave out, 0 for identity. */
  private Operand<T> exposed(MicroChoices.Value value) {
    double[] table =
        space.operations().stream()
            .mapToDouble(operation -> operation == CellOperation.IDENTITY ? 0 : 1)
            .toArray();
    Ops host = Placement.host(tf);
    Operand<TFloat64> found =
        host.gather(host.constant(table), value.operation(), host.constant(0));
    return host.dtypes.cast(found, weights().get(0).type());
  }

  /**
   * The 1 x 1 convolution of the loose ends side by side, as the sum of what it makes of each. The
   * last block always is one.
   */
  private Operand<T> output(
      ImageLayers<T> layers, int cell, List<Operand<T>> active, List<Operand<T>> sources) {
    int last = space.blocks() - 1;
    List<MicroChoices.Block> blocks = chosen(shapes.get(cell));
    Operand<T> sum =
        part(
            layers,
            cell,
            sources.get(MicroArchitecture.INPUTS + last),
            active.get(vectors.cells().get(cell).get(last).output()));
    for (int block = 0; block < last; block++) {
      Operand<TInt32> loose = blocks.get(block).loose();
      Operand<T> source =
          LazyBranches.enter(tf, loose, 2, 1, sources.get(MicroArchitecture.INPUTS + block));
      Operand<T> kernel =
          LazyBranches.enter(
              tf, loose, 2, 1, active.get(vectors.cells().get(cell).get(block).output()));
      sum =
          LazyBranches.select(
              tf,
              loose,
              sum,
              List.of(
                  tf::identity, others -> tf.math.add(others, part(layers, cell, source, kernel))));
    }
    return sum;
  }

  private Operand<T> part(ImageLayers<T> layers, int cell, Operand<T> source, Operand<T> vector) {
    Operand<T> kernel = MicroVectors.output(shapes.get(cell)).cut(tf, constants, vector).get(0);
    return layers.convolution(tf.nn.relu(source), kernel);
  }
}
