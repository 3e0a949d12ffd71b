package io.tandem.graph.joint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Saves and restores the variables of a graph in TensorFlow's checkpoint format; the variables that
 * hold the data set are left out, they are loaded from the data.
 */
public final class GraphVariables {
  private static final String PREFIX = "variables";

  private final Session session;
  private final Placeholder<TString> path;
  private final Op save;
  private final List<Op> restore = new ArrayList<>();

  /**
   * Adds the saving and restoring operations; every variable must be there already.
   *
   * @param graph the run's graph
   * @param session the run's session
   * @param without names of the variables to leave out
   */
  public GraphVariables(Graph graph, Session session, Set<String> without) {
    Ops tf = Ops.create(graph).withSubScope(PREFIX);
    this.session = session;
    path = tf.placeholder(TString.class);
    List<Operand<?>> tensors = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      if (operation.type().equals("VariableV2") && !without.contains(operation.name())) {
        tensors.add(operation.output(0));
        names.add(operation.name());
      }
    }
    Operand<TString> nameTensor = strings(tf, names);
    Operand<TString> slices = strings(tf, Collections.nCopies(names.size(), ""));
    save = tf.train.save(path, nameTensor, slices, tensors);
    for (int index = 0; index < names.size(); index++) {
      restore.add(restoreOne(tf, tensors.get(index).asOutput(), names.get(index)));
    }
  }

  private static Operand<TString> strings(Ops tf, List<String> values) {
    return tf.constant(NdArrays.vectorOfObjects(values.toArray(new String[0])));
  }

  private <U extends TType> Op restoreOne(Ops tf, Output<U> variable, String name) {
    Output<?> value =
        tf.train
            .restore(
                path,
                strings(tf, List.of(name)),
                strings(tf, List.of("")),
                List.of(variable.type()))
            .tensors()
            .get(0);
    return tf.assign(variable, value.expect(variable.type()));
  }

  /** Gives the variables that have an initial value that value. */
  public void initialise() {
    session.initialize();
  }

  /**
   * Writes all variables.
   *
   * @param prefix path of the files without their endings
   */
  public void save(Path prefix) {
    try (TString tensor = TString.scalarOf(prefix.toString())) {
      session.runner().feed(path, tensor).addTarget(save).run().close();
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param prefix path of the files without their endings
   */
  public void restore(Path prefix) {
    try (TString tensor = TString.scalarOf(prefix.toString())) {
      Session.Runner runner = session.runner().feed(path, tensor);
      restore.forEach(runner::addTarget);
      runner.run().close();
    }
  }
}
