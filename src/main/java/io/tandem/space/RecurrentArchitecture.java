package io.tandem.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A chosen recurrent cell of ENAS (Pham et al. 2018, section 2.1), of which a language model is
 * made: one point of a {@link RecurrentSpace}. Width, vocabulary and how the output is taken from
 * the nodes are not part of it.
 *
 * <p>Node 0 mixes the input {@code x} with the state {@code h} of the step before: {@code c = σ(x
 * W^xc + h W^hc)}, {@code h_0 = c f(x W^xh + h W^hh) + (1 - c) h}. Node {@code j} reads an earlier
 * node {@code i}: {@code c_j = σ(h_i W^c_ij)}, {@code h_j = c_j f_j(h_i W^h_ij) + (1 - c_j) h_i}.
 *
 * @param first the activation {@code f} of node 0
 * @param nodes nodes 1 to n, at least one
 */
public record RecurrentArchitecture(CellActivation first, List<Node> nodes)
    implements Architecture {
  private static final int NUMBERS_OF_A_NODE = 2;

  /** By their numbers in the encoding that begins with node 1. */
  private static final List<CellActivation> WITHOUT_FIRST =
      List.of(
          CellActivation.TANH,
          CellActivation.RELU,
          CellActivation.SIGMOID,
          CellActivation.IDENTITY);

  /** Checks that there is a node and that nodes only read what is before them. */
  public RecurrentArchitecture {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a recurrent cell needs a node behind node 0");
    }
    for (int node = 1; node <= nodes.size(); node++) {
      int source = nodes.get(node - 1).source();
      if (source < 0 || source >= node) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "node %d cannot read node %d, expected 0..%d",
                node,
                source,
                node - 1));
      }
    }
  }

  /**
   * A node behind node 0.
   *
   * @param source number of the earlier node that it reads
   * @param activation what it does to a product of it
   */
  public record Node(int source, CellActivation activation) {}

  /**
   * The numbers of the nodes that no node reads, ascending; never empty. Node 0 is not among them,
   * as node 1 reads it.
   */
  public List<Integer> looseEnds() {
    List<Integer> read = nodes.stream().map(Node::source).toList();
    return IntStream.rangeClosed(1, nodes.size())
        .filter(node -> !read.contains(node))
        .boxed()
        .toList();
  }

  /**
   * The numbers of the nodes whose mean is the output of the cell, ascending; never node 0.
   *
   * @param looseEnds whether only those that no node reads
   */
  public List<Integer> outputs(boolean looseEnds) {
    return looseEnds ? looseEnds() : IntStream.rangeClosed(1, nodes.size()).boxed().toList();
  }

  /**
   * Number of trainable weights of a language model of this cell: four matrices of node 0, two of
   * every other node, the embedding, which is the last layer too, and the bias of that.
   *
   * @param hidden size of the embedding, the state and every node
   * @param vocabulary number of different words
   */
  public long parameters(int hidden, int vocabulary) {
    long matrix = (long) hidden * hidden;
    return (4 + 2L * nodes.size()) * matrix + (hidden + 1L) * vocabulary;
  }

  /** One line per node: {@code 2: relu of node 1}. */
  @Override
  public String text() {
    StringBuilder text = new StringBuilder("0: ");
    text.append(first.key()).append(" of input and state\n");
    for (int node = 1; node <= nodes.size(); node++) {
      Node chosen = nodes.get(node - 1);
      text.append(node).append(": ").append(chosen.activation().key());
      text.append(" of node ").append(chosen.source()).append('\n');
    }
    return text.toString();
  }

  /**
   * The published form: numbers with blanks between them, the {@linkplain CellActivation#code()
   * code} of node 0's activation, then for every node the number of the node that it reads and its
   * activation's code.
   */
  public String encoding() {
    List<String> numbers = new ArrayList<>();
    numbers.add(Integer.toString(first.code()));
    for (Node node : nodes) {
      numbers.add(Integer.toString(node.source()));
      numbers.add(Integer.toString(node.activation().code()));
    }
    return String.join(" ", numbers);
  }

  /**
   * Reads either published form; the count of numbers says which it is.
   *
   * <ul>
   *   <li>Odd: as {@link #encoding()} writes it, that of ENAS; activations are 0 tanh, 1 ReLU, 2
   *       identity, 3 sigmoid.
   *   <li>Even: that of the later code of its authors for language models, which leaves out node 0,
   *       whose activation is tanh; activations are 0 tanh, 1 ReLU, 2 sigmoid, 3 identity.
   * </ul>
   *
   * @param encoding any white space between the numbers
   * @throws IllegalArgumentException if it is no architecture, with position, found and allowed
   */
  public static RecurrentArchitecture parse(String encoding) {
    EncodedNumbers numbers = new EncodedNumbers(encoding);
    if (numbers.size() < NUMBERS_OF_A_NODE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the encoding has %d numbers, expected at least 3: the activation of node 0, then"
                  + " source and activation of every node; or at least 2, without that of node 0",
              numbers.size()));
    }
    if (numbers.size() % NUMBERS_OF_A_NODE == 0) {
      return new RecurrentArchitecture(CellActivation.TANH, nodes(numbers, WITHOUT_FIRST));
    }
    List<CellActivation> codes = List.of(CellActivation.values());
    CellActivation first = activation(numbers, codes, 0);
    return new RecurrentArchitecture(first, nodes(numbers, codes));
  }

  private static List<Node> nodes(EncodedNumbers numbers, List<CellActivation> codes) {
    List<Node> read = new ArrayList<>();
    while (numbers.hasNext()) {
      int node = read.size() + 1;
      int source = numbers.next(node, "the node that node " + node + " reads");
      read.add(new Node(source, activation(numbers, codes, node)));
    }
    return read;
  }

  private static CellActivation activation(
      EncodedNumbers numbers, List<CellActivation> codes, int node) {
    return codes.get(numbers.next(codes.size(), "the activation of node " + node));
  }

  @Override
  public <R> R match(
      Function<PerceptronArchitecture, R> perceptron,
      Function<MacroArchitecture, R> macro,
      Function<MicroArchitecture, R> micro,
      Function<RecurrentArchitecture, R> recurrent) {
    return recurrent.apply(this);
  }
}
