package io.tandem.graph.hypergradient.reversible;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * One training there and back: the loop over the steps in the graph.
 *
 * @param <T> type of losses and adjoints
 */
final class ReversibleRun<T extends TNumber> {
  private final Session session;
  private final ReversibleInput<T> input;
  private final ReversibleSteps<T> graph;
  private final MomentumSchedule schedule;
  private final Consumer<Session.Runner> feeds;
  private final StepCoefficients[][] plan;
  private final SpillStack spills = new SpillStack();

  ReversibleRun(
      Session session,
      ReversibleInput<T> input,
      ReversibleSteps<T> graph,
      MomentumSchedule schedule,
      Consumer<Session.Runner> feeds) {
    this.session = session;
    this.input = input;
    this.graph = graph;
    this.schedule = schedule;
    this.feeds = feeds;
    plan = plan(input.rule(), schedule);
  }

  ReversibleGradient gradient(List<double[]> start) {
    begin(start);
    double[] losses = thereAll();
    List<BufferUse> buffer = bufferUse();
    List<double[]> finalWeights = weights();
    List<double[]> judged = run(graph.judge, List.of(graph.outerLoss), graph.direct);
    ScheduleGradient gradient = backAll();
    verify(start);
    List<Operand<T>> adjoints = new ArrayList<>();
    graph.cells.forEach(cell -> adjoints.add(cell.weightAdjoint.value()));
    graph.accumulators.forEach(accumulator -> adjoints.add(accumulator.value()));
    List<double[]> derivatives = run(List.of(), adjoints, List.of());
    int variables = graph.cells.size();
    return new ReversibleGradient(
        judged.get(0)[0],
        losses,
        gradient,
        derivatives.subList(0, variables),
        finalWeights,
        judged.subList(1, judged.size()),
        derivatives.subList(variables, derivatives.size()),
        buffer);
  }

  private static StepCoefficients[][] plan(MomentumRule rule, MomentumSchedule schedule) {
    StepCoefficients[][] plan = new StepCoefficients[schedule.steps()][schedule.layers()];
    for (int layer = 0; layer < schedule.layers(); layer++) {
      double scale = 1;
      for (int step = 0; step < schedule.steps(); step++) {
        plan[step][layer] =
            rule.step(
                schedule.learningRate()[step][layer],
                schedule.momentum()[step][layer],
                schedule.weightDecay()[step][layer],
                scale);
        scale = plan[step][layer].scale();
      }
    }
    return plan;
  }

  private void begin(List<double[]> start) {
    if (start.size() != graph.cells.size()) {
      throw new IllegalArgumentException(
          start.size() + " initial tensors, expected " + graph.cells.size());
    }
    Session.Runner runner = session.runner();
    List<TFloat64> tensors = new ArrayList<>();
    try {
      for (int index = 0; index < start.size(); index++) {
        TrainedVariable variable = input.variables().get(index);
        double[] values = start.get(index);
        if (values.length != variable.size()) {
          throw new IllegalArgumentException(
              variable.name() + ": " + values.length + " weights, expected " + variable.size());
        }
        if (!Arrays.stream(values).allMatch(value -> Math.abs(value) < FixedPoint.LIMIT)) {
          throw new FixedPointRangeException(variable.name(), -1, "a weight");
        }
        TFloat64 tensor = Values.tensor(variable.shape(), values);
        tensors.add(tensor);
        runner.feed(graph.cells.get(index).start, tensor);
      }
      graph.begin.forEach(runner::addTarget);
      runner.run().close();
    } finally {
      tensors.forEach(TFloat64::close);
    }
  }

  private double[] thereAll() {
    double[] losses = new double[schedule.steps()];
    BufferBound[] bounds = new BufferBound[schedule.layers()];
    Arrays.setAll(bounds, layer -> new BufferBound());
    for (int step = 0; step < losses.length; step++) {
      for (int layer = 0; layer < bounds.length; layer++) {
        if (bounds[layer].full()) {
          spill(step, layer);
          bounds[layer].spill();
        }
        bounds[layer].multiply((long) plan[step][layer].numerator());
      }
      losses[step] = there(step);
    }
    return losses;
  }

  private double there(int step) {
    try (TInt32 number = TInt32.scalarOf(step);
        TFloat64 coefficients = coefficients(step)) {
      Session.Runner runner = runner(number, coefficients, graph.forward);
      try (Result result = runner.fetch(graph.misses).fetch(graph.trainingLoss).run()) {
        double[] misses = Values.doubles(result.get(0));
        for (int index = 0; index < misses.length; index++) {
          if (!(misses[index] < FixedPoint.LARGEST_MISS)) {
            String what = index % 2 == 0 ? "a velocity" : "a weight";
            throw new FixedPointRangeException(input.variables().get(index / 2).name(), step, what);
          }
        }
        return Values.doubles(result.get(1))[0];
      }
    }
  }

  private ScheduleGradient backAll() {
    int layers = schedule.layers();
    double[][] rates = new double[schedule.steps()][layers];
    double[][] momenta = new double[schedule.steps()][layers];
    double[][] decays = new double[schedule.steps()][layers];
    for (int step = schedule.steps() - 1; step >= 0; step--) {
      Products[] products = back(step);
      unspill(step);
      for (int layer = 0; layer < layers; layer++) {
        StepCoefficients numbers = plan[step][layer];
        rates[step][layer] = input.rule().byLearningRate(numbers, products[layer]);
        double momentum = schedule.momentum()[step][layer];
        momenta[step][layer] = input.rule().byMomentum(numbers, momentum, products[layer]);
        decays[step][layer] = products[layer].decay();
      }
    }
    return new ScheduleGradient(schedule, rates, momenta, decays);
  }

  private Products[] back(int step) {
    try (TInt32 number = TInt32.scalarOf(step);
        TFloat64 coefficients = coefficients(step);
        Result moved =
            runner(number, coefficients, graph.moveBack).fetch(graph.moveProducts).run();
        Result reversed = runner(number, coefficients, graph.reverse).fetch(graph.products).run()) {
      double[] moves = Values.doubles(moved.get(0));
      double[] rest = Values.doubles(reversed.get(0));
      Products[] sums = new Products[schedule.layers()];
      Arrays.fill(sums, Products.NONE);
      for (int index = 0; index < moves.length; index++) {
        int layer = input.variables().get(index).layer();
        sums[layer] =
            sums[layer].plus(
                new double[] {
                  moves[index], rest[3 * index], rest[3 * index + 1], rest[3 * index + 2]
                });
      }
      return sums;
    }
  }

  private void spill(int step, int layer) {
    for (int index = 0; index < graph.cells.size(); index++) {
      if (input.variables().get(index).layer() == layer) {
        Session.Runner runner = session.runner();
        graph.spill.get(index).forEach(runner::addTarget);
        try (Result result = runner.fetch(graph.words.get(index)).run()) {
          spills.push(new SpillStack.Spill(step, index, Values.ints(result.get(0))));
        }
      }
    }
  }

  private void unspill(int step) {
    for (SpillStack.Spill spill = spills.pop(step); spill != null; spill = spills.pop(step)) {
      int index = spill.variable();
      Shape shape = input.variables().get(index).shape();
      try (TInt32 words = Values.tensor(shape, spill.words())) {
        session
            .runner()
            .feed(graph.cells.get(index).words, words)
            .addTarget(graph.unspill.get(index))
            .run()
            .close();
      }
    }
  }

  private List<BufferUse> bufferUse() {
    List<BufferUse> all = new ArrayList<>();
    for (int index = 0; index < graph.cells.size(); index++) {
      try (Result result = session.runner().fetch(graph.cells.get(index).buffer.value()).run()) {
        TrainedVariable variable = input.variables().get(index);
        all.add(
            BufferUse.of(
                variable.name(),
                Values.longs(result.get(0)),
                information(variable.layer()),
                spills.of(index)));
      }
    }
    return all;
  }

  private double information(int layer) {
    return Arrays.stream(plan)
            .mapToDouble(step -> -Math.log(step[layer].numerator() / Rational.DENOMINATOR))
            .sum()
        / Math.log(2);
  }

  private List<double[]> weights() {
    List<double[]> all = new ArrayList<>();
    for (Cell<T> cell : graph.cells) {
      try (Result result = session.runner().fetch(cell.position.value()).run()) {
        all.add(
            Arrays.stream(Values.longs(result.get(0))).mapToDouble(FixedPoint::decode).toArray());
      }
    }
    return all;
  }

  private void verify(List<double[]> start) {
    for (int index = 0; index < graph.cells.size(); index++) {
      Cell<T> cell = graph.cells.get(index);
      try (Result result =
          session
              .runner()
              .fetch(cell.position.value())
              .fetch(cell.velocity.value())
              .fetch(cell.buffer.value())
              .run()) {
        long[] expected = Arrays.stream(start.get(index)).mapToLong(FixedPoint::encode).toArray();
        if (!Arrays.equals(Values.longs(result.get(0)), expected)
            || !Values.zero(result.get(1))
            || !Values.zero(result.get(2))) {
          throw new IrreversibleException(input.variables().get(index).name());
        }
      }
    }
  }

  private TFloat64 coefficients(int step) {
    double[] flat = new double[plan[step].length * StepCoefficients.FED];
    for (int layer = 0; layer < plan[step].length; layer++) {
      double[] fed = plan[step][layer].fed();
      System.arraycopy(fed, 0, flat, layer * StepCoefficients.FED, StepCoefficients.FED);
    }
    return Values.tensor(Shape.of(plan[step].length, StepCoefficients.FED), flat);
  }

  private Session.Runner runner(TInt32 step, TFloat64 coefficients, List<Op> targets) {
    Session.Runner runner = session.runner();
    feeds.accept(runner);
    runner.feed(graph.step, step).feed(graph.coefficients, coefficients);
    targets.forEach(runner::addTarget);
    return runner;
  }

  private List<double[]> run(List<Op> targets, List<Operand<T>> first, List<Operand<T>> second) {
    Session.Runner runner = session.runner();
    feeds.accept(runner);
    targets.forEach(runner::addTarget);
    first.forEach(runner::fetch);
    second.forEach(runner::fetch);
    try (Result result = runner.run()) {
      List<double[]> all = new ArrayList<>();
      for (int index = 0; index < result.size(); index++) {
        all.add(Values.doubles(result.get(index)));
      }
      return all;
    }
  }
}
