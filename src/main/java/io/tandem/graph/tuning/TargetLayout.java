package io.tandem.graph.tuning;

import io.tandem.graph.child.PerceptronNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * Where in a point, the flat vector of all tuned coordinates, each target lies.
 *
 * @param blocks one per tuned target, in order, without gaps
 */
public record TargetLayout(List<Block> blocks) {
  /** Copies the list. */
  public TargetLayout {
    blocks = List.copyOf(blocks);
  }

  /**
   * The coordinates of a target. Within it: layers from the input on; steps from the first, the
   * layers of a step together; units and weights in the order of {@link
   * PerceptronNetwork#shapes()}; examples and features row by row.
   *
   * @param settings the target
   * @param offset position of the first
   * @param length their number
   */
  public record Block(TargetSettings settings, int offset, int length) {
    /** The values, in the target's unit, that a point holds for this target. */
    public double[] values(double[] point) {
      return Arrays.stream(point, offset, offset + length).map(settings.scale()::inverse).toArray();
    }
  }

  /**
   * The layout of a training.
   *
   * @param settings its settings
   * @param network its network
   * @param rows number of training rows
   */
  static TargetLayout of(TuningSettings settings, PerceptronNetwork network, int rows) {
    List<Block> blocks = new ArrayList<>();
    int offset = 0;
    for (TargetSettings target : settings.tuned()) {
      int length = length(target.granularity(), settings, network, rows);
      blocks.add(new Block(target, offset, length));
      offset += length;
    }
    return new TargetLayout(blocks);
  }

  private static int length(
      Granularity granularity, TuningSettings settings, PerceptronNetwork network, int rows) {
    List<Shape> shapes = network.shapes();
    long length =
        switch (granularity) {
          case FIXED -> 0;
          case GLOBAL -> 1;
          case LAYER -> settings.layers();
          case STEP -> settings.steps();
          case LAYER_STEP -> (long) settings.steps() * settings.layers();
          case UNIT ->
              shapes.stream()
                  .filter(shape -> shape.numDimensions() == 1)
                  .mapToLong(Shape::size)
                  .sum();
          case WEIGHT -> shapes.stream().mapToLong(Shape::size).sum();
          case EXAMPLE -> rows;
          case FEATURE -> (long) rows * network.features();
        };
    return Math.toIntExact(length);
  }

  /** Number of coordinates. */
  public int size() {
    return blocks.stream().mapToInt(Block::length).sum();
  }

  /** The block of a target, if it is tuned. */
  public Optional<Block> find(Target target) {
    return blocks.stream().filter(block -> block.settings().target() == target).findFirst();
  }

  /** The point at which every value is its initial one. */
  public double[] initial() {
    double[] point = new double[size()];
    for (Block block : blocks) {
      TargetSettings settings = block.settings();
      double start = settings.scale().forward(settings.initial());
      Arrays.fill(point, block.offset(), block.offset() + block.length(), start);
    }
    return point;
  }

  /** The nearest point with all values in their ranges; a new array. */
  public double[] project(double[] point) {
    double[] inside = point.clone();
    for (Block block : blocks) {
      for (int index = block.offset(); index < block.offset() + block.length(); index++) {
        inside[index] = block.settings().project(point[index]);
      }
    }
    return inside;
  }
}
