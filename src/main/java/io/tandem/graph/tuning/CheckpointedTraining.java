package io.tandem.graph.tuning;

import io.tandem.graph.session.RuntimeSettings;
import io.tandem.space.Scale;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.tensorflow.Tensor;
import org.tensorflow.types.family.TFloating;

/**
 * A whole training from scratch as a function of settings of its optimizer, with the exact
 * derivative of what it comes to. The graph holds one step and its derivative, the loop over the
 * steps is in Java: the memory is that of the states that are held ({@link CheckpointedChain}), for
 * every family. The same point gives the same bits, however many states are held.
 *
 * @param <T> float32 or float64
 */
public final class CheckpointedTraining<T extends TFloating> implements AutoCloseable {
  private final ScratchProgram<T> program;
  private final ScratchTraining training;
  private final TargetLayout layout;
  private final int room;
  private final BooleanSupplier stop;

  /**
   * Builds the graph and loads the rows.
   *
   * @param type number type
   * @param training the training
   * @param data rows, batches and seeds
   * @param runtime threads, device, memory, precision
   * @param room states that may be held, not negative
   * @param stop asked between steps whether to stop
   */
  public CheckpointedTraining(
      Class<T> type,
      ScratchTraining training,
      TuningData data,
      RuntimeSettings runtime,
      int room,
      BooleanSupplier stop) {
    this.training = training;
    this.layout = training.layout();
    this.room = room;
    this.stop = stop;
    program = new ScratchProgram<>(type, training, data, runtime);
  }

  /** Where in a point each target lies. */
  public TargetLayout layout() {
    return layout;
  }

  /**
   * Trains with a point and differentiates. At fixed weights the outer loss does not depend on the
   * optimizer, so that all of the derivative is response.
   *
   * @param point coordinates of all targets
   * @throws StoppedTrainingException if it was stopped
   */
  public TuningOutcome evaluate(double[] point) {
    Pass pass = new Pass(values(point));
    Tensor first = program.start();
    try {
      new CheckpointedChain<>(pass).run(first, training.steps(), room, pass::turn);
    } catch (NotFiniteException diverged) {
      return TuningOutcome.failed(layout.size(), diverged.problem);
    } finally {
      first.close();
      pass.close();
    }
    double[] response = new double[layout.size()];
    for (int index = 0; index < response.length; index++) {
      response[index] = pass.derivative[index] * slope(index, pass.values[index]);
    }
    return new TuningOutcome(
        pass.loss, pass.accuracy, pass.curve, new double[layout.size()], response);
  }

  /**
   * The outer loss after a training with a point, without its derivative.
   *
   * @param point coordinates of all targets
   */
  public double loss(double[] point) {
    Pass pass = new Pass(values(point));
    Tensor now = program.start();
    try {
      for (int step = 0; step < training.steps(); step++) {
        Tensor next = pass.forward(now, step);
        now.close();
        now = next;
      }
      pass.turn(now);
      return pass.loss;
    } catch (NotFiniteException diverged) {
      return Double.NaN;
    } finally {
      now.close();
      pass.close();
    }
  }

  @Override
  public void close() {
    program.close();
  }

  private double[] values(double[] point) {
    double[] values = new double[layout.size()];
    for (TargetLayout.Block block : layout.blocks()) {
      values[block.offset()] = block.values(point)[0];
    }
    return values;
  }

  /** Derivative of a value by its coordinate. */
  private double slope(int index, double value) {
    Scale scale = layout.blocks().get(index).settings().scale();
    return switch (scale) {
      case LINEAR -> 1;
      case LOG -> value;
      case LOGIT -> value * (1 - value);
    };
  }

  /** A step whose loss is not a number: what follows means nothing. */
  private static final class NotFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String problem;

    NotFiniteException(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }
  }

  /** One way there and back. */
  private final class Pass implements CheckpointedChain.Steps<Tensor>, AutoCloseable {
    private final double[] values;
    private final double[] curve = new double[training.steps()];
    private final double[] derivative = new double[layout.size()];
    private double loss;
    private double accuracy;
    private Tensor[] adjoint = new Tensor[0];

    Pass(double[] values) {
      this.values = values;
    }

    @Override
    public Tensor forward(Tensor state, int step) {
      requireGoing();
      ScratchProgram.Step taken = program.forward(state, values, step);
      curve[step] = taken.loss();
      if (!Double.isFinite(taken.loss())) {
        taken.state().close();
        throw new NotFiniteException(
            "the training loss before step " + (step + 1) + " is not finite");
      }
      return taken.state();
    }

    void turn(Tensor last) {
      ScratchProgram.Judgement judged = program.judge(last);
      loss = judged.loss();
      accuracy = judged.score();
      adjoint = new Tensor[] {judged.adjoint()};
    }

    @Override
    public void back(Tensor state, int step) {
      requireGoing();
      ScratchProgram.Back passed = program.back(state, adjoint[0], values, step);
      close();
      adjoint = new Tensor[] {passed.adjoint()};
      Arrays.setAll(derivative, index -> derivative[index] + passed.share()[index]);
    }

    @Override
    public void release(Tensor state) {
      state.close();
    }

    @Override
    public void close() {
      for (Tensor tensor : adjoint) {
        tensor.close();
      }
    }

    private void requireGoing() {
      if (stop.getAsBoolean()) {
        throw new StoppedTrainingException();
      }
    }
  }
}
