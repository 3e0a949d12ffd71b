package io.tandem.space;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Language models of a recurrent cell, which is chosen (Pham et al. 2018, section 2.1).
 *
 * <p>Words are embedded with {@code hidden} numbers. At every time step the cell makes its output
 * of the embedded word and of its output of the step before; node 0 has the activation {@link
 * #FIRST}, every other node chooses which earlier node it reads and its activation. The embedding
 * is the last layer too (Inan et al. 2017): the output's products with all embedded words and a
 * bias are the logits of the next word.
 *
 * @param nodes number of nodes behind node 0, positive
 * @param hidden size of embedding, state and nodes while searching, positive
 * @param activations activations to choose from, none twice
 * @param looseEnds whether the cell's output is the mean of the nodes that no node reads, instead
 *     of that of all nodes but node 0
 * @param regularisation what only disturbs or steadies the training
 */
public record RecurrentSpace(
    int nodes,
    int hidden,
    List<CellActivation> activations,
    boolean looseEnds,
    LanguageRegularisation regularisation)
    implements ArchitectureSpace {
  /** The activation of node 0, which is not chosen. */
  public static final CellActivation FIRST = CellActivation.TANH;

  private static final int NUMBERS_OF_A_NODE = 2;

  /** Checks the ranges. */
  public RecurrentSpace {
    activations = List.copyOf(activations);
    if (nodes < 1 || hidden < 1 || activations.isEmpty()) {
      throw new IllegalArgumentException("a recurrent space needs nodes, width and activations");
    }
    if (activations.stream().distinct().count() < activations.size()) {
      throw new IllegalArgumentException("an activation is offered twice in " + activations);
    }
  }

  /**
   * Node by node: which earlier node it reads, its activation. Node 1 can only read node 0; as
   * everywhere in an architecture, that is a decision with one option, which is always taken and
   * teaches nothing.
   */
  @Override
  public List<Decision> decisions() {
    List<Decision> all = new ArrayList<>();
    for (int node = 1; node <= nodes; node++) {
      String prefix = "node" + node + "/";
      all.add(new Decision.Categorical(prefix + "source", node));
      all.add(new Decision.Categorical(prefix + "activation", activations.size()));
    }
    return List.copyOf(all);
  }

  /**
   * Which of the integers that record an architecture is the source of a node; its activation
   * follows.
   *
   * @param node counted from 1
   */
  public int column(int node) {
    return NUMBERS_OF_A_NODE * (node - 1);
  }

  @Override
  public RecurrentArchitecture decode(Iterator<Integer> integers) {
    List<RecurrentArchitecture.Node> chosen = new ArrayList<>();
    for (int node = 1; node <= nodes; node++) {
      int source = integers.next();
      chosen.add(new RecurrentArchitecture.Node(source, activations.get(integers.next())));
    }
    return new RecurrentArchitecture(FIRST, chosen);
  }

  @Override
  public List<Integer> encode(Architecture architecture) {
    RecurrentArchitecture cell = architecture.recurrent();
    ArchitectureSpace.same("nodes", nodes, cell.nodes().size());
    if (cell.first() != FIRST) {
      throw new IllegalArgumentException(
          "node 0 has " + cell.first() + ", in the space it has " + FIRST);
    }
    List<Integer> integers = new ArrayList<>();
    for (RecurrentArchitecture.Node node : cell.nodes()) {
      integers.add(node.source());
      integers.add(ArchitectureSpace.position("activations", activations, node.activation()));
    }
    return List.copyOf(integers);
  }

  /** A chain of the first activation; all cells of the space have equally many weights. */
  @Override
  public RecurrentArchitecture smallest() {
    List<RecurrentArchitecture.Node> chain = new ArrayList<>();
    for (int node = 1; node <= nodes; node++) {
      chain.add(new RecurrentArchitecture.Node(node - 1, activations.get(0)));
    }
    return new RecurrentArchitecture(FIRST, chain);
  }

  /** The same as {@link #smallest()}, as all have equally many weights. */
  @Override
  public RecurrentArchitecture largest() {
    return smallest();
  }

  /**
   * Number of trainable weights of all cells of the space where they share them: every node has two
   * matrices for each earlier node, so that cells in which it reads the same node share them.
   *
   * @param vocabulary number of different words
   */
  public long sharedParameters(int vocabulary) {
    long edges = Math.floorDiv(nodes * (nodes + 1L), 2);
    return largest().parameters(hidden, vocabulary) + 2 * (edges - nodes) * hidden * hidden;
  }

  @Override
  public Optional<String> common() {
    return Optional.of(hidden + " units, mean of " + (looseEnds ? "loose ends" : "all nodes"));
  }

  @Override
  public <R> R match(
      Function<PerceptronSpace, R> perceptron,
      Function<MacroSpace, R> macro,
      Function<MicroSpace, R> micro,
      Function<RecurrentSpace, R> recurrent) {
    return recurrent.apply(this);
  }
}
