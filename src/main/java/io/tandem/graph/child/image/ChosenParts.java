package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.session.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * One of several lists of weights that differ in the sizes of the weights only, chosen when the
 * graph runs: the same operations then work with kernels of another size.
 */
final class ChosenParts {
  private final Ops host;
  private final List<Parts> alternatives;
  private final Operand<TInt32> index;
  private final Map<List<List<Integer>>, Operand<TInt32>> tables = new HashMap<>();

  /**
   * Creates it without adding anything yet.
   *
   * @param tf where nodes are added
   * @param alternatives lists of the same length, at least one
   * @param index which one, int32 scalar
   */
  ChosenParts(Ops tf, List<Parts> alternatives, Operand<TInt32> index) {
    host = Placement.host(tf);
    this.alternatives = List.copyOf(alternatives);
    this.index = index;
  }

  /**
   * The weights in a vector.
   *
   * @param layers what they are for
   * @param vector of the size of the chosen list
   * @return one tensor per weight
   */
  <T extends TNumber> List<Operand<T>> cut(ImageLayers<T> layers, Operand<T> vector) {
    if (alternatives.stream().distinct().count() == 1) {
      return alternatives.get(0).cut(layers.tf(), layers.constants(), vector);
    }
    int count = alternatives.get(0).list().size();
    List<Operand<T>> pieces =
        ManyInputs.split(layers.tf(), layers.constants(), vector, count, this::lengths);
    List<Operand<T>> weights = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int place = number;
      Operand<T> piece = pieces.get(place);
      List<List<Integer>> shapes =
          alternatives.stream()
              .map(parts -> Arrays.stream(parts.list().get(place).sizes()).boxed().toList())
              .toList();
      weights.add(shapes.get(0).size() == 1 ? piece : layers.tf().reshape(piece, chosen(shapes)));
    }
    return List.copyOf(weights);
  }

  private Operand<TInt32> lengths(List<List<Integer>> groups) {
    List<List<Integer>> table = new ArrayList<>();
    for (Parts parts : alternatives) {
      table.add(
          groups.stream()
              .map(group -> group.stream().mapToInt(place -> parts.list().get(place).size()).sum())
              .toList());
    }
    return chosen(table);
  }

  /** The chosen row of a table, which is there once however often it is asked for. */
  private Operand<TInt32> chosen(List<List<Integer>> table) {
    return tables.computeIfAbsent(
        table,
        rows -> {
          int[][] numbers =
              rows.stream()
                  .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
                  .toArray(int[][]::new);
          return rows.stream().distinct().count() == 1
              ? host.constant(numbers[0])
              : host.gather(host.constant(StdArrays.ndCopyOf(numbers)), index, host.constant(0));
        });
  }
}
