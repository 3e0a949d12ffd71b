package io.tandem.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chosen pair of cells in the micro space of ENAS (Pham et al. 2018, section 2.4), of which a
 * convolutional network is stacked: one point of a {@link MicroSpace}. Number of cells, width and
 * image size are not part of it.
 *
 * @param normal the cell that keeps the resolution
 * @param reduction the cell that halves height and width; as many blocks as the normal one
 */
public record MicroArchitecture(Cell normal, Cell reduction) implements Architecture {
  private static final int NUMBERS_OF_A_BLOCK = 4;

  /** Checks that both cells have the same number of blocks. */
  public MicroArchitecture {
    if (normal.blocks().size() != reduction.blocks().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the normal cell has %d blocks, the reduction cell %d: not the same",
              normal.blocks().size(),
              reduction.blocks().size()));
    }
  }

  /**
   * A cell: every block adds two values; blocks that no other block reads are its output.
   *
   * @param blocks from the cell's inputs on, at least one
   */
  public record Cell(List<Block> blocks) {
    /** Checks that there is a block and that blocks only read what is before them. */
    public Cell {
      blocks = List.copyOf(blocks);
      if (blocks.isEmpty()) {
        throw new IllegalArgumentException("a cell needs a block");
      }
      for (int index = 0; index < blocks.size(); index++) {
        for (Value value : blocks.get(index).values()) {
          if (value.source() < 0 || value.source() >= sources(index)) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "block %d cannot read source %d, expected 0..%d",
                    index,
                    value.source(),
                    sources(index) - 1));
          }
        }
      }
    }

    /** The blocks that no block reads, ascending; never empty. */
    public List<Integer> looseEnds() {
      List<Integer> read =
          blocks.stream().flatMap(block -> block.values().stream()).map(Value::source).toList();
      return IntStream.range(0, blocks.size())
          .filter(block -> !read.contains(INPUTS + block))
          .boxed()
          .toList();
    }
  }

  /** The output of the cell before the previous one, as a source. */
  public static final int BEFORE_PREVIOUS = 0;

  /** The output of the previous cell, as a source. */
  public static final int PREVIOUS = 1;

  /** Number of a cell's inputs; the sources behind them are its blocks. */
  public static final int INPUTS = 2;

  /** How many sources a block can read: the cell's inputs and the blocks before it. */
  public static int sources(int block) {
    return INPUTS + block;
  }

  /**
   * Two values that are added.
   *
   * @param first one of them
   * @param second the other
   */
  public record Block(Value first, Value second) {
    /** Both. */
    public List<Value> values() {
      return List.of(first, second);
    }
  }

  /**
   * What an operation makes of a source.
   *
   * @param source {@link #BEFORE_PREVIOUS}, {@link #PREVIOUS}, or {@code INPUTS + b} for block b
   * @param operation what is done to it
   */
  public record Value(int source, CellOperation operation) {}

  /** Both cells, first the normal one. */
  public List<Cell> cells() {
    return List.of(normal, reduction);
  }

  /**
   * Which cells of a network are reduction cells: those numbered a third of the normal cells
   * (rounded down), and twice that and one, counted from 0 (Pham et al. 2018 and its code).
   *
   * @param normalCells number of normal cells in the network; two reduction cells come on top
   */
  public static List<Integer> reductions(int normalCells) {
    int third = Math.floorDiv(normalCells, 3);
    return List.of(third, 2 * third + 1);
  }

  /**
   * Number of trainable weights, scale and offset of batch normalisations included; not those of an
   * auxiliary head.
   *
   * @param normalCells number of normal cells
   * @param filters channels of the cells before the first reduction
   * @param channels of the images
   * @param classes number of classes
   */
  public long parameters(int normalCells, int filters, int channels, int classes) {
    long stem = 3L * filters;
    long total = 9L * channels * stem + 2 * stem;
    List<Integer> reductions = reductions(normalCells);
    long beforePrevious = stem;
    long previous = stem;
    long width = filters;
    for (int index = 0; index < normalCells + reductions.size(); index++) {
      boolean reduces = reductions.contains(index);
      width *= reduces ? 2 : 1;
      total += (beforePrevious + previous) * width + 2 * 2 * width;
      total += parameters(reduces ? reduction : normal, width, reduces);
      beforePrevious = previous;
      previous = width;
    }
    return total + (width + 1) * classes;
  }

  private static long parameters(Cell cell, long width, boolean reduces) {
    long total = cell.looseEnds().size() * width * width + 2 * width;
    for (Block block : cell.blocks()) {
      for (Value value : block.values()) {
        total += parameters(value.operation(), width, reduces && value.source() < INPUTS);
      }
    }
    return total;
  }

  /**
   * Number of trainable weights of one operation.
   *
   * @param operation the operation
   * @param width channels
   * @param halves whether it halves height and width
   */
  static long parameters(CellOperation operation, long width, boolean halves) {
    long mixing = width * width + 2 * width;
    return switch (operation) {
      case SEPARABLE_3X3, SEPARABLE_5X5 ->
          2 * ((long) operation.size() * operation.size() * width + mixing);
      case AVERAGE_POOL_3X3, MAX_POOL_3X3 -> 0;
      case IDENTITY -> halves ? mixing : 0;
    };
  }

  /** One line per block: {@code normal 2: max pool 3x3 of block 0 + identity of cell k-1}. */
  @Override
  public String text() {
    return text("normal", normal) + text("reduction", reduction);
  }

  private static String text(String name, Cell cell) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < cell.blocks().size(); index++) {
      Block block = cell.blocks().get(index);
      text.append(name).append(' ').append(index).append(": ").append(text(block.first()));
      text.append(" + ").append(text(block.second())).append('\n');
    }
    return text.toString();
  }

  private static String text(Value value) {
    return value.operation().key().replace('_', ' ') + " of " + name(value.source());
  }

  /** How people call a source: {@code cell k-2}, {@code cell k-1}, {@code block 0}, ... */
  public static String name(int source) {
    return switch (source) {
      case BEFORE_PREVIOUS -> "cell k-2";
      case PREVIOUS -> "cell k-1";
      default -> "block " + (source - INPUTS);
    };
  }

  /**
   * The published form: numbers with blanks between them; for every block of the normal and then of
   * the reduction cell first source, its operation's {@linkplain CellOperation#code() code}, second
   * source, its operation's code.
   */
  public String encoding() {
    return String.join(
        " ",
        cells().stream()
            .flatMap(cell -> cell.blocks().stream())
            .flatMap(block -> block.values().stream())
            .flatMap(value -> Stream.of(value.source(), value.operation().code()))
            .map(number -> Integer.toString(number))
            .toList());
  }

  /**
   * Reads the published form.
   *
   * @param encoding as {@link #encoding()} writes it; any white space between the numbers
   * @throws IllegalArgumentException if it is no architecture, with position, found and allowed
   */
  public static MicroArchitecture parse(String encoding) {
    EncodedNumbers numbers = new EncodedNumbers(encoding);
    int both = 2 * NUMBERS_OF_A_BLOCK;
    if (numbers.size() == 0 || numbers.size() % both != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the encoding has %d numbers, expected a multiple of %d: source, operation, source,"
                  + " operation for every block of the normal cell, then of the reduction cell",
              numbers.size(),
              both));
    }
    int blocks = Math.floorDiv(numbers.size(), both);
    Cell normal = cell(numbers, blocks);
    return new MicroArchitecture(normal, cell(numbers, blocks));
  }

  private static Cell cell(EncodedNumbers numbers, int blocks) {
    List<Block> read = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      Value first = value(numbers, block);
      read.add(new Block(first, value(numbers, block)));
    }
    return new Cell(read);
  }

  private static Value value(EncodedNumbers numbers, int block) {
    int source = numbers.next(sources(block), "a source of block " + block);
    CellOperation[] operations = CellOperation.values();
    return new Value(source, operations[numbers.next(operations.length, "an operation")]);
  }

  @Override
  public <R> R match(
      Function<PerceptronArchitecture, R> perceptron,
      Function<MacroArchitecture, R> macro,
      Function<MicroArchitecture, R> micro,
      Function<RecurrentArchitecture, R> recurrent) {
    return micro.apply(this);
  }
}
