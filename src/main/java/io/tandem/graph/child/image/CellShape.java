package io.tandem.graph.child.image;

import io.tandem.space.MicroArchitecture;
import java.util.ArrayList;
import java.util.List;

/**
 * What does not depend on the chosen cells in a cell of a micro network.
 *
 * @param reduces whether it is a reduction cell
 * @param filters its channels
 * @param beforePrevious what the cell before the previous one gives it
 * @param previous what the previous cell gives it
 */
record CellShape(boolean reduces, int filters, Given beforePrevious, Given previous) {
  /**
   * An output that is an input of later cells.
   *
   * @param filters its channels
   * @param size its height and width
   */
  record Given(int filters, Resolution size) {}

  /**
   * The cells of a network, from the image on.
   *
   * @param normalCells number of normal cells; two reduction cells come on top
   * @param filters channels of the cells before the first reduction
   * @param image size of the images
   */
  static List<CellShape> of(int normalCells, int filters, ImageShape image) {
    List<Integer> reductions = MicroArchitecture.reductions(normalCells);
    List<CellShape> cells = new ArrayList<>();
    Given beforePrevious = new Given(stem(filters), Resolution.of(image));
    Given previous = beforePrevious;
    int width = filters;
    for (int index = 0; index < normalCells + reductions.size(); index++) {
      boolean reduces = reductions.contains(index);
      width *= reduces ? 2 : 1;
      cells.add(new CellShape(reduces, width, beforePrevious, previous));
      beforePrevious = previous;
      previous = new Given(width, reduces ? previous.size().halved() : previous.size());
    }
    return List.copyOf(cells);
  }

  /** Channels of the stem. */
  static int stem(int filters) {
    return 3 * filters;
  }

  /** Channels of the last cell. */
  static int last(List<CellShape> cells) {
    return cells.get(cells.size() - 1).filters();
  }

  /** Height and width of the cell's inputs once they are {@linkplain Calibration calibrated}. */
  Resolution size() {
    return previous.size();
  }

  /** What its operations see: where its inputs come from does not matter. */
  CellShape within() {
    Given calibrated = new Given(filters, size());
    return new CellShape(reduces, filters, calibrated, calibrated);
  }

  /**
   * Whether an operation on a source halves height and width.
   *
   * @param source a source of a block
   */
  boolean halves(int source) {
    return reduces && source < MicroArchitecture.INPUTS;
  }

  /** The calibration of an input: of the cell before the previous one or of the previous one. */
  Calibration calibration(int source) {
    Given given = source == MicroArchitecture.BEFORE_PREVIOUS ? beforePrevious : previous;
    return new Calibration(given, filters, !given.size().equals(size()));
  }
}
