package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.child.TrainingLogits;
import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.ManyInputs;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.MicroArchitecture.Block;
import io.tandem.space.MicroArchitecture.Cell;
import io.tandem.space.MicroArchitecture.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The network of one micro architecture. Its weights are in the order in which an image meets them:
 * stem; of every cell the calibrations of its inputs, its blocks and its output; head.
 *
 * @param architecture both cells
 * @param cells number of normal cells, positive; two reduction cells come on top
 * @param filters channels of the cells before the first reduction, at least 2
 * @param regularisation what only disturbs or helps the training
 * @param image size of the images
 * @param outputs number of outputs, positive
 */
public record MicroNetwork(
    MicroArchitecture architecture,
    int cells,
    int filters,
    CellRegularisation regularisation,
    ImageShape image,
    int outputs)
    implements ImageNetwork {
  /** Checks the sizes. */
  public MicroNetwork {
    ImageNetwork.check(filters, regularisation.dropout(), outputs);
    if (cells < 1) {
      throw new IllegalArgumentException("a network needs a normal cell, got " + cells);
    }
  }

  /** The same without auxiliary head. */
  @Override
  public MicroNetwork trained() {
    return new MicroNetwork(
        architecture, cells, filters, regularisation.withoutAuxiliary(), image, outputs);
  }

  private List<CellShape> cellShapes() {
    return CellShape.of(cells, filters, image);
  }

  private Cell cell(CellShape shape) {
    return shape.reduces() ? architecture.reduction() : architecture.normal();
  }

  @Override
  public Parts parts() {
    Parts parts = Stem.parts(image.channels(), CellShape.stem(filters)).under("stem");
    List<CellShape> shapes = cellShapes();
    for (int index = 0; index < shapes.size(); index++) {
      parts = parts.and(parts(shapes.get(index)).under("cell" + index));
    }
    parts = parts.and(Head.parts(CellShape.last(shapes), outputs).under("output"));
    return regularisation.hasAuxiliary()
        ? parts.and(AuxiliaryHead.of(shapes, outputs).parts().under("auxiliary"))
        : parts;
  }

  private Parts parts(CellShape shape) {
    Parts parts = new Parts(List.of());
    for (int input = 0; input < MicroArchitecture.INPUTS; input++) {
      parts = parts.and(shape.calibration(input).parts().under("input" + input));
    }
    Cell cell = cell(shape);
    for (int index = 0; index < cell.blocks().size(); index++) {
      Block block = cell.blocks().get(index);
      parts =
          parts
              .and(parts(shape, block.first()).under("block" + index + "/first"))
              .and(parts(shape, block.second()).under("block" + index + "/second"));
    }
    int loose = cell.looseEnds().size() * shape.filters();
    return parts
        .and(new Parts(List.of(Part.kernel("kernel", 1, loose, shape.filters()))).under("output"))
        .and(ImageLayers.norm(shape.filters()).under("output"));
  }

  private static Parts parts(CellShape shape, Value value) {
    return BlockOperation.of(value.operation())
        .parts(shape.filters(), shape.halves(value.source()));
  }

  @Override
  public <T extends TNumber> TrainingLogits<T> build(
      ImageLayers<T> layers,
      Iterator<Operand<T>> weights,
      Operand<T> images,
      @Nullable TrainingNoise<T> noise) {
    Ops tf = layers.tf();
    Operand<T> previous = Stem.apply(layers, weights, images);
    Operand<T> beforePrevious = previous;
    Operand<T> amid = previous;
    List<CellShape> shapes = cellShapes();
    for (int cell = 0; cell < shapes.size(); cell++) {
      CellShape shape = shapes.get(cell);
      int values = 2 * cell(shape).blocks().size();
      DropPath<T> paths =
          DropPath.of(tf, regularisation.dropPath(), noise, images, cell, shapes.size(), values);
      Operand<T> output = apply(layers, weights, shape, beforePrevious, previous, paths);
      beforePrevious = previous;
      previous = output;
      amid = cell == AuxiliaryHead.cell(shapes) ? output : amid;
    }
    Operand<TInt64> seed = noise == null ? null : noise.seed();
    Operand<T> logits =
        Head.apply(layers, weights, tf.nn.relu(previous), regularisation.dropout(), seed);
    if (noise == null || !regularisation.hasAuxiliary()) {
      return new TrainingLogits<>(logits);
    }
    return TrainingLogits.of(
        logits,
        AuxiliaryHead.of(shapes, outputs).apply(layers, weights, amid),
        regularisation.auxiliaryWeight());
  }

  private <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers,
      Iterator<Operand<T>> weights,
      CellShape shape,
      Operand<T> beforePrevious,
      Operand<T> previous,
      DropPath<T> paths) {
    Ops tf = layers.tf();
    List<Operand<T>> sources = new ArrayList<>();
    sources.add(
        shape
            .calibration(MicroArchitecture.BEFORE_PREVIOUS)
            .apply(layers, weights, beforePrevious));
    sources.add(shape.calibration(MicroArchitecture.PREVIOUS).apply(layers, weights, previous));
    Cell cell = cell(shape);
    int number = 0;
    for (Block block : cell.blocks()) {
      List<Operand<T>> terms = new ArrayList<>();
      for (Value value : block.values()) {
        Operand<T> made = apply(layers, weights, shape, value, sources);
        boolean exposed = value.operation() != CellOperation.IDENTITY;
        terms.add(exposed ? paths.apply(made, number, null) : made);
        number++;
      }
      sources.add(tf.math.add(terms.get(0), terms.get(1)));
    }
    List<Operand<T>> loose =
        cell.looseEnds().stream()
            .map(block -> sources.get(MicroArchitecture.INPUTS + block))
            .toList();
    Operand<T> all = ManyInputs.concat(tf, loose, 3);
    return layers.normalised(layers.convolution(tf.nn.relu(all), weights.next()), weights);
  }

  private static <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers,
      Iterator<Operand<T>> weights,
      CellShape shape,
      Value value,
      List<Operand<T>> sources) {
    Halving halving = Halving.of(shape.halves(value.source()));
    return BlockOperation.of(value.operation())
        .apply(layers, weights, sources.get(value.source()), halving);
  }
}
