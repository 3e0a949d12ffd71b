package io.tandem.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A choice at run time between branches of which only the chosen one executes, forward, backward
 * and in higher derivatives.
 *
 * <p>Data go in through {@code _SwitchN} and come out through {@code Merge}; operations of the
 * other branches see dead tensors and are skipped. Two rules follow. What a branch computes from
 * tensors that did not enter runs always. A tensor that is differentiated must {@link #enter} the
 * branch, else its derivative is dead whenever another branch runs, and everything summed with it
 * with it.
 */
public final class LazyBranches {
  private LazyBranches() {}

  /**
   * Runs one of several branches.
   *
   * @param tf where they are added
   * @param index which branch runs, scalar in {@code [0, branches)}
   * @param data tensors that every branch gets, at least one
   * @param branches builders from the data to the outputs, all with the same number of outputs
   * @return the outputs of the branch that ran
   */
  public static <T extends TType> List<Operand<T>> select(
      Ops tf,
      Operand<TInt32> index,
      List<Operand<T>> data,
      List<Function<List<Operand<T>>, List<Operand<T>>>> branches) {
    if (data.isEmpty() || branches.isEmpty()) {
      throw new IllegalArgumentException("lazy branches need data and at least one branch");
    }
    GradientRegistry.install();
    if (branches.size() == 1) {
      return branches.get(0).apply(data);
    }
    List<List<Operand<T>>> inside = new ArrayList<>();
    branches.forEach(branch -> inside.add(new ArrayList<>()));
    for (Operand<T> datum : data) {
      List<Output<T>> entries = switchN(tf, datum.asOutput(), index, branches.size());
      for (int branch = 0; branch < branches.size(); branch++) {
        inside.get(branch).add(entries.get(branch));
      }
    }
    List<List<Operand<T>>> outputs = new ArrayList<>();
    for (int branch = 0; branch < branches.size(); branch++) {
      outputs.add(leave(tf, inside.get(branch), branches.get(branch), branch));
    }
    return merge(tf, outputs);
  }

  /**
   * Runs one of several branches with one input and one output.
   *
   * @param tf where they are added
   * @param index which branch runs
   * @param datum tensor that every branch gets
   * @param branches builders from the datum to the output
   * @return the output of the branch that ran
   */
  public static <T extends TType> Operand<T> select(
      Ops tf,
      Operand<TInt32> index,
      Operand<T> datum,
      List<Function<Operand<T>, Operand<T>>> branches) {
    List<Function<List<Operand<T>>, List<Operand<T>>>> listed = new ArrayList<>();
    for (Function<Operand<T>, Operand<T>> branch : branches) {
      listed.add(data -> List.of(branch.apply(data.get(0))));
    }
    return select(tf, index, List.of(datum), listed).get(0);
  }

  /**
   * Lets a tensor, such as a weight, into one branch only.
   *
   * @param tf where it is added
   * @param index which branch runs
   * @param branches number of branches
   * @param branch the one that sees the tensor
   * @param tensor the tensor
   * @return the tensor as seen in that branch; its derivative is 0 when another branch runs
   */
  public static <T extends TType> Operand<T> enter(
      Ops tf, Operand<TInt32> index, int branches, int branch, Operand<T> tensor) {
    GradientRegistry.install();
    return branches == 1 ? tensor : switchN(tf, tensor.asOutput(), index, branches).get(branch);
  }

  /**
   * Lets a tensor, such as a weight, into all branches, of which not all have to use it.
   *
   * @param tf where it is added
   * @param index which branch runs
   * @param branches number of branches
   * @param tensor the tensor
   * @return the tensor as seen in every branch; its derivative is 0 when one runs that does not use
   *     it
   */
  public static <T extends TType> List<Operand<T>> enterAll(
      Ops tf, Operand<TInt32> index, int branches, Operand<T> tensor) {
    GradientRegistry.install();
    return branches == 1
        ? List.of(tensor)
        : List.copyOf(switchN(tf, tensor.asOutput(), index, branches));
  }

  /**
   * A tensor that was chosen among others.
   *
   * @param <T> type of the tensors
   * @param chosen the chosen one
   * @param all the tensors for whatever else uses them
   */
  public record Chosen<T extends TType>(Operand<T> chosen, List<Operand<T>> all) {
    /** Copies the list. */
    public Chosen {
      all = List.copyOf(all);
    }
  }

  /**
   * Chooses one of several tensors. All of them go through the choice and come out again, so that
   * on the way back the derivative of one that was not chosen is handed on as it is, instead of
   * zeros being made and added.
   *
   * @param tf where it is added
   * @param index which one, scalar in {@code [0, tensors)}
   * @param tensors at least two of one shape
   */
  public static <T extends TType> Chosen<T> choose(
      Ops tf, Operand<TInt32> index, List<Operand<T>> tensors) {
    GradientRegistry.install();
    List<Operand<T>> alternatives = new ArrayList<>();
    List<Operand<T>> all = new ArrayList<>();
    for (int tensor = 0; tensor < tensors.size(); tensor++) {
      List<Output<T>> entries = switchN(tf, tensors.get(tensor).asOutput(), index, tensors.size());
      alternatives.add(entries.get(tensor));
      all.add(tf.merge(List.<Operand<T>>copyOf(entries)).output());
    }
    return new Chosen<>(tf.merge(alternatives).output(), all);
  }

  static <T extends TType> List<Output<T>> switchN(
      Ops tf, Output<T> tensor, Operand<TInt32> index, int outputs) {
    Operation operation =
        tf.scope()
            .opBuilder("_SwitchN", "SwitchN")
            .addInput(tensor)
            .addInput(index.asOutput())
            .setAttr("num_outs", outputs)
            .build();
    List<Output<T>> list = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      list.add(operation.output(output));
    }
    return list;
  }

  private static <T extends TType> List<Operand<T>> leave(
      Ops tf,
      List<Operand<T>> data,
      Function<List<Operand<T>>, List<Operand<T>>> body,
      int branch) {
    List<Operand<T>> outputs = new ArrayList<>();
    DeadWith dead = new DeadWith(data);
    for (Operand<T> output : body.apply(List.copyOf(data))) {
      // An output that does not depend on the data would be live in every branch: the control
      // dependency makes it dead with its branch.
      outputs.add(
          dead.isCertain(output)
              ? output
              : tf.withControlDependencyOps(tf.identity(data.get(0)).op()).identity(output));
    }
    for (Operand<T> datum : data) {
      Output<T> entry = datum.asOutput();
      if (entry.op() instanceof org.tensorflow.GraphOperation operation
          && operation.numConsumers(entry.index()) == 0
          && outputs.stream().noneMatch(output -> output.asOutput().equals(entry))) {
        throw new IllegalArgumentException(
            "branch " + branch + " does not use " + entry.name() + "; let it enter where it is");
      }
    }
    return outputs;
  }

  private static <T extends TType> List<Operand<T>> merge(Ops tf, List<List<Operand<T>>> outputs) {
    int count = outputs.get(0).size();
    List<Operand<T>> merged = new ArrayList<>();
    for (int output = 0; output < count; output++) {
      List<Operand<T>> alternatives = new ArrayList<>();
      for (List<Operand<T>> branch : outputs) {
        if (branch.size() != count) {
          throw new IllegalArgumentException(
              "branches give " + count + " and " + branch.size() + " outputs");
        }
        alternatives.add(branch.get(output));
      }
      merged.add(tf.merge(alternatives).output());
    }
    return merged;
  }
}
