package io.tandem.graph.child;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The weights that all networks of a space share (Pham et al. 2018), seen by the one that is chosen
 * when the graph runs. Of every weight the chosen architecture uses a part, its corner, whose size
 * is known at run time only and may be 0; only that is computed with, trained and written.
 *
 * @param <T> type of reals
 */
public interface SharedWeights<T extends TNumber> {
  /** The shared variables, uninitialised until {@link #initialValues} are assigned. */
  List<Variable<T>> weights();

  /**
   * Creates one more variable per weight, in its form: a slot of an optimizer.
   *
   * @param type float32 or float64
   */
  List<Variable<T>> variables(Class<T> type);

  /**
   * Gives a variable a value as a whole.
   *
   * @param index which weight
   * @param variable the weight or its slot
   * @param value of {@link #shape}
   */
  Op assign(int index, Variable<T> variable, Operand<T> value);

  /**
   * Shape of a weight as a whole.
   *
   * @param index which weight
   */
  Shape shape(int index);

  /**
   * The corner of every weight (or of its optimizer slot) that the architecture uses.
   *
   * @param full a variable per weight
   */
  List<Operand<T>> corners(List<? extends Operand<T>> full);

  /** Where the corners lie in their variables, for {@link #write} and {@link #add}. */
  List<Operand<TInt32>> places();

  /**
   * Writes the corner that the architecture uses.
   *
   * @param index which weight
   * @param target variable of the weight or of its slot
   * @param place from {@link #places}
   * @param value new value of the corner
   * @return the writing operation
   */
  Operand<T> write(int index, Operand<T> target, Operand<TInt32> place, Operand<T> value);

  /**
   * Adds to the corner that the architecture uses.
   *
   * @param index which weight
   * @param target variable of the form of the weight
   * @param place from {@link #places}
   * @param value what is added to the corner
   * @return the adding operation
   */
  Operand<T> add(int index, Operand<T> target, Operand<TInt32> place, Operand<T> value);

  /**
   * Initial values of all weights as a whole.
   *
   * @param seed int64 {@code [2]}
   * @param scale factor on the standard deviation of what is drawn
   */
  List<Operand<T>> initialValues(Operand<TInt64> seed, Operand<T> scale);

  /** The architecture's gates, see {@link ArchitectureTensors#gates}. */
  List<Operand<T>> gates();
}
