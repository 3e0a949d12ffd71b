package io.tandem.graph.inner;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.LazyBranches;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** An update whose family is chosen at run time; only the chosen one executes. */
public final class FamilySwitch implements OptimizerUpdate {
  private final List<OptimizerUpdate> updates;

  /**
   * Creates the switch.
   *
   * @param families families to choose from; {@link OptimizerTensors#family} is a position here
   * @param settings constants of the families
   */
  public FamilySwitch(List<OptimizerFamily> families, InnerSettings settings) {
    if (families.isEmpty()) {
      throw new IllegalArgumentException("an optimizer needs a family");
    }
    updates = families.stream().map(family -> update(family, settings)).toList();
  }

  /**
   * The update of one family.
   *
   * @param family which
   * @param settings its constants
   */
  public static OptimizerUpdate update(OptimizerFamily family, InnerSettings settings) {
    return switch (family) {
      case SGD -> new Sgd();
      case MOMENTUM -> new Momentum();
      case NESTEROV -> new Nesterov();
      case RMSPROP -> new RmsProp(settings);
      case ADAM -> new Adam(settings);
      case ADAMW -> new AdamW(settings);
    };
  }

  @Override
  public <T extends TNumber> InnerState<T> apply(
      Ops tf, OptimizerTensors<T> optimizer, InnerState<T> state, List<Operand<T>> gradients) {
    if (updates.size() == 1) {
      return updates.get(0).apply(tf, optimizer, state, gradients);
    }
    if (!optimizer.perWeight().isEmpty()) {
      throw new IllegalArgumentException("settings per weight need a family that is fixed");
    }
    // The weights are treated alike: as one vector they need a branch, and its derivatives, once.
    Flat<T> flat = new Flat<>(tf, state.weights());
    List<Operand<T>> data =
        List.of(
            flat.join(state.weights()),
            flat.join(state.first()),
            flat.join(state.second()),
            flat.join(gradients));
    List<Function<List<Operand<T>>, List<Operand<T>>>> branches = new ArrayList<>();
    for (int branch = 0; branch < updates.size(); branch++) {
      OptimizerTensors<T> own = enter(tf, optimizer, branch);
      Operand<T> steps = enter(tf, optimizer.family(), branch, state.steps());
      OptimizerUpdate update = updates.get(branch);
      branches.add(
          inside -> {
            InnerState<T> before =
                new InnerState<>(
                    inside.subList(0, 1), inside.subList(1, 2), inside.subList(2, 3), steps);
            InnerState<T> after = update.apply(tf, own, before, inside.subList(3, 4));
            List<Operand<T>> outputs = new ArrayList<>(after.weights());
            outputs.addAll(after.slots());
            return outputs;
          });
    }
    List<Operand<T>> merged = LazyBranches.select(tf, optimizer.family(), data, branches);
    return new InnerState<>(
        flat.cut(merged.get(0)),
        flat.cut(merged.get(1)),
        flat.cut(merged.get(2)),
        tf.math.add(state.steps(), Scalars.of(tf, 1, state.steps().type())));
  }

  @Override
  public <T extends TNumber> List<Operand<T>> stationarity(
      Ops tf, OptimizerTensors<T> optimizer, List<Operand<T>> weights, List<Operand<T>> gradients) {
    if (updates.size() == 1) {
      return updates.get(0).stationarity(tf, optimizer, weights, gradients);
    }
    int count = weights.size();
    List<Function<List<Operand<T>>, List<Operand<T>>>> branches = new ArrayList<>();
    for (int branch = 0; branch < updates.size(); branch++) {
      OptimizerTensors<T> own = enter(tf, optimizer, branch);
      OptimizerUpdate update = updates.get(branch);
      List<Operand<T>> inside = new ArrayList<>();
      for (Operand<T> weight : weights) {
        inside.add(enter(tf, optimizer.family(), branch, weight));
      }
      branches.add(entered -> update.stationarity(tf, own, inside, entered.subList(0, count)));
    }
    return LazyBranches.select(tf, optimizer.family(), gradients, branches);
  }

  @Override
  public <T extends TNumber> Optional<Operand<T>> uniformDecay(OptimizerTensors<T> optimizer) {
    return updates.size() == 1 ? updates.get(0).uniformDecay(optimizer) : Optional.empty();
  }

  private <T extends TNumber> OptimizerTensors<T> enter(
      Ops tf, OptimizerTensors<T> optimizer, int branch) {
    Map<Hyperparameter, Operand<T>> values = new EnumMap<>(Hyperparameter.class);
    optimizer
        .values()
        .forEach((name, value) -> values.put(name, enter(tf, optimizer.family(), branch, value)));
    SecondMoment<T> moment = optimizer.secondMoment();
    return new OptimizerTensors<>(
        optimizer.family(),
        values,
        enter(tf, optimizer.family(), branch, optimizer.scheduleFactor()),
        moment == null
            ? null
            : new SecondMoment<>(
                enter(tf, optimizer.family(), branch, moment.decay()),
                enter(tf, optimizer.family(), branch, moment.epsilon())),
        List.of());
  }

  private <T extends TNumber> Operand<T> enter(
      Ops tf, Operand<TInt32> family, int branch, Operand<T> tensor) {
    return LazyBranches.enter(tf, family, updates.size(), branch, tensor);
  }
}
