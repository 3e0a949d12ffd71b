package io.tandem.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Convolutional networks stacked of two kinds of cell, which are chosen (Pham et al. 2018, section
 * 2.4).
 *
 * <p>A stem makes three times {@code filters} channels of the image. Cells follow, each fed by the
 * two before it; {@link MicroArchitecture#reductions} are reduction cells, which halve height and
 * width and double the channels. Rectification, mean over the pixels, dropout and a linear layer to
 * the classes follow.
 *
 * @param cells number of normal cells while searching, positive; two reduction cells come on top
 * @param filters channels of the cells before the first reduction while searching, at least 2
 * @param blocks number of blocks of a cell, positive
 * @param operations operations to choose from, none twice
 * @param regularisation what only disturbs or helps the training
 */
public record MicroSpace(
    int cells,
    int filters,
    int blocks,
    List<CellOperation> operations,
    CellRegularisation regularisation)
    implements ArchitectureSpace {
  private static final int KINDS = 2;
  private static final int NUMBERS_OF_A_BLOCK = 4;

  /** Checks the ranges. */
  public MicroSpace {
    operations = List.copyOf(operations);
    if (cells < 1 || filters < 2 || blocks < 1 || operations.isEmpty()) {
      throw new IllegalArgumentException(
          "a micro space needs cells, two filters, blocks and operations");
    }
    if (operations.stream().distinct().count() < operations.size()) {
      throw new IllegalArgumentException("an operation is offered twice in " + operations);
    }
  }

  /**
   * First the normal and then the reduction cell, block by block: source and operation of the first
   * value, source and operation of the second.
   */
  @Override
  public List<Decision> decisions() {
    List<Decision> all = new ArrayList<>();
    for (String kind : List.of("normal", "reduction")) {
      for (int block = 0; block < blocks; block++) {
        for (int value = 0; value < 2; value++) {
          String prefix = kind + block + "/";
          int sources = MicroArchitecture.sources(block);
          all.add(new Decision.Categorical(prefix + "source" + value, sources));
          all.add(new Decision.Categorical(prefix + "operation" + value, operations.size()));
        }
      }
    }
    return List.copyOf(all);
  }

  /**
   * Which of the integers that record an architecture is the source of a value; its operation
   * follows.
   *
   * @param reduction whether of the reduction cell
   * @param block counted from 0
   * @param value 0 or 1
   */
  public int column(boolean reduction, int block, int value) {
    return (reduction ? NUMBERS_OF_A_BLOCK * blocks : 0) + NUMBERS_OF_A_BLOCK * block + 2 * value;
  }

  @Override
  public MicroArchitecture decode(Iterator<Integer> integers) {
    List<MicroArchitecture.Cell> kinds = new ArrayList<>();
    for (int kind = 0; kind < KINDS; kind++) {
      List<MicroArchitecture.Block> read = new ArrayList<>();
      for (int block = 0; block < blocks; block++) {
        MicroArchitecture.Value first = value(integers);
        read.add(new MicroArchitecture.Block(first, value(integers)));
      }
      kinds.add(new MicroArchitecture.Cell(read));
    }
    return new MicroArchitecture(kinds.get(0), kinds.get(1));
  }

  private MicroArchitecture.Value value(Iterator<Integer> integers) {
    int source = integers.next();
    return new MicroArchitecture.Value(source, operations.get(integers.next()));
  }

  @Override
  public List<Integer> encode(Architecture architecture) {
    List<Integer> integers = new ArrayList<>();
    for (MicroArchitecture.Cell cell : architecture.micro().cells()) {
      ArchitectureSpace.same("blocks", blocks, cell.blocks().size());
      for (MicroArchitecture.Block block : cell.blocks()) {
        for (MicroArchitecture.Value value : block.values()) {
          integers.add(value.source());
          integers.add(ArchitectureSpace.position("operations", operations, value.operation()));
        }
      }
    }
    return List.copyOf(integers);
  }

  /**
   * The operation with the fewest weights throughout, in blocks of which each reads the last: one
   * loose end, and only the first block reads what a reduction cell has to halve.
   */
  @Override
  public MicroArchitecture smallest() {
    CellOperation fewest = Collections.min(operations, byWeights());
    List<MicroArchitecture.Block> chain = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      int last = MicroArchitecture.sources(block) - 1;
      chain.add(both(last, fewest));
    }
    MicroArchitecture.Cell cell = new MicroArchitecture.Cell(chain);
    return new MicroArchitecture(cell, cell);
  }

  /**
   * The operation with the most weights throughout, in blocks that read the cell's inputs: all are
   * loose ends, and a reduction cell has to halve whatever it reads.
   */
  @Override
  public MicroArchitecture largest() {
    CellOperation most = Collections.max(operations, byWeights());
    MicroArchitecture.Cell cell =
        new MicroArchitecture.Cell(
            Collections.nCopies(blocks, both(MicroArchitecture.PREVIOUS, most)));
    return new MicroArchitecture(cell, cell);
  }

  private static MicroArchitecture.Block both(int source, CellOperation operation) {
    MicroArchitecture.Value value = new MicroArchitecture.Value(source, operation);
    return new MicroArchitecture.Block(value, value);
  }

  /**
   * As many as where height and width are halved: identity has weights only there, and otherwise as
   * few as pooling. The order is the same for every width.
   */
  private Comparator<CellOperation> byWeights() {
    return Comparator.comparingLong(
        operation -> MicroArchitecture.parameters(operation, filters, true));
  }

  /**
   * Number of trainable weights of all networks of the space where they share them: every value of
   * every cell has its own for each source and operation, every block its part of the cell's
   * output.
   *
   * @param channels of the images
   * @param classes number of classes
   */
  public long sharedParameters(int channels, int classes) {
    MicroArchitecture loose = largest();
    long total = loose.parameters(cells, filters, channels, classes);
    List<Integer> reductions = MicroArchitecture.reductions(cells);
    long width = filters;
    for (int cell = 0; cell < cells + reductions.size(); cell++) {
      boolean reduces = reductions.contains(cell);
      width *= reduces ? 2 : 1;
      for (int block = 0; block < blocks; block++) {
        CellOperation counted = loose.normal().blocks().get(block).first().operation();
        total -= 2 * MicroArchitecture.parameters(counted, width, reduces);
        for (int source = 0; source < MicroArchitecture.sources(block); source++) {
          boolean halves = reduces && source < MicroArchitecture.INPUTS;
          for (CellOperation operation : operations) {
            total += 2 * MicroArchitecture.parameters(operation, width, halves);
          }
        }
      }
    }
    return total;
  }

  @Override
  public Optional<String> common() {
    return Optional.of(
        cells
            + " normal and 2 reduction cells, "
            + filters
            + " filters at first, dropout "
            + regularisation.dropout());
  }

  @Override
  public <R> R match(
      Function<PerceptronSpace, R> perceptron,
      Function<MacroSpace, R> macro,
      Function<MicroSpace, R> micro,
      Function<RecurrentSpace, R> recurrent) {
    return micro.apply(this);
  }
}
