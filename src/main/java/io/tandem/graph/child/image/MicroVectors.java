package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.child.SharedSegments;
import io.tandem.graph.child.SharedVector;
import io.tandem.graph.session.Placement;
import io.tandem.space.CellOperation;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.MicroSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * Where the weights of all micro networks of a space lie: first what all use; then of every cell,
 * block by block, a vector for each of the two values, with the weights of every operation on every
 * source, and the block's part of the cell's output.
 *
 * @param list all vectors
 * @param cells numbers of the vectors of every cell, by block
 */
record MicroVectors(List<SharedVector> list, List<List<Block>> cells) {

  /**
   * Numbers of the vectors of a block.
   *
   * @param values by value; none if no operation has weights
   * @param output the block's part of the convolution of the cell's output
   */
  record Block(List<OptionalInt> values, int output) {}

  /**
   * Lays them out.
   *
   * @param tf where nodes are added
   * @param space the networks
   * @param shapes their cells
   * @param choices the chosen one's, of normal and of reduction cells
   * @param image size of the images
   * @param outputs number of outputs
   */
  static MicroVectors of(
      Ops tf,
      MicroSpace space,
      List<CellShape> shapes,
      List<MicroChoices> choices,
      ImageShape image,
      int outputs) {
    List<SharedVector> vectors = new ArrayList<>();
    Parts common = common(space, shapes, image, outputs);
    vectors.add(new SharedVector(SharedSegments.whole(tf, common.size()), common));
    // Cells of the same kind and width have the same segments.
    Map<List<?>, Segments> known = new HashMap<>();
    List<List<Block>> cells = new ArrayList<>();
    for (CellShape shape : shapes) {
      List<MicroChoices.Block> chosen = choices.get(shape.reduces() ? 1 : 0).blocks();
      List<Block> blocks = new ArrayList<>();
      for (int block = 0; block < space.blocks(); block++) {
        int number = block;
        Segments own =
            known.computeIfAbsent(
                List.of(shape.reduces(), shape.filters(), block),
                key -> block(tf, space, shape, number, chosen.get(number)));
        List<OptionalInt> values = new ArrayList<>();
        for (Optional<SharedVector> value : own.values()) {
          values.add(value.isPresent() ? OptionalInt.of(vectors.size()) : OptionalInt.empty());
          value.ifPresent(vectors::add);
        }
        blocks.add(new Block(values, vectors.size()));
        vectors.add(own.output());
      }
      cells.add(blocks);
    }
    return new MicroVectors(vectors, cells);
  }

  /** Vectors of a block; none for a value if no operation has weights. */
  private record Segments(List<Optional<SharedVector>> values, SharedVector output) {}

  private static Segments block(
      Ops tf, MicroSpace space, CellShape shape, int block, MicroChoices.Block chosen) {
    List<Optional<SharedVector>> values = new ArrayList<>();
    for (MicroChoices.Value value : chosen.values()) {
      values.add(value(tf, space, shape, block, value));
    }
    Parts output = output(shape);
    SharedSegments form =
        block == space.blocks() - 1
            ? SharedSegments.whole(tf, output.size())
            : SharedSegments.optional(tf, output.size(), chosen.loose());
    return new Segments(values, new SharedVector(form, output));
  }

  /** A block's part of the 1 x 1 convolution that makes a cell's output of its loose ends. */
  static Parts output(CellShape shape) {
    return new Parts(List.of(Part.kernel("kernel", 1, shape.filters(), shape.filters())));
  }

  private static Parts common(
      MicroSpace space, List<CellShape> shapes, ImageShape image, int outputs) {
    Parts parts = Stem.parts(image.channels(), CellShape.stem(space.filters()));
    for (CellShape shape : shapes) {
      for (int input = 0; input < MicroArchitecture.INPUTS; input++) {
        parts = parts.and(shape.calibration(input).parts());
      }
      parts = parts.and(ImageLayers.norm(shape.filters()));
    }
    parts = parts.and(Head.parts(CellShape.last(shapes), outputs));
    return space.regularisation().hasAuxiliary()
        ? parts.and(AuxiliaryHead.of(shapes, outputs).parts())
        : parts;
  }

  private static Optional<SharedVector> value(
      Ops tf, MicroSpace space, CellShape shape, int block, MicroChoices.Value chosen) {
    Parts all = new Parts(List.of());
    List<Integer> sizes = new ArrayList<>();
    for (int source = 0; source < MicroArchitecture.sources(block); source++) {
      for (CellOperation operation : space.operations()) {
        Parts own = BlockOperation.of(operation).parts(shape.filters(), shape.halves(source));
        sizes.add(own.size());
        all = all.and(own);
      }
    }
    if (all.size() == 0) {
      return Optional.empty();
    }
    Ops host = Placement.host(tf);
    Operand<TInt32> segment =
        host.math.add(
            host.math.mul(chosen.source(), host.constant(space.operations().size())),
            chosen.operation());
    return Optional.of(new SharedVector(SharedSegments.oneOf(tf, sizes, segment), all));
  }
}
