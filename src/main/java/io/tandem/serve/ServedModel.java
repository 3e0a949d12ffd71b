package io.tandem.serve;

import io.tandem.disk.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * An exported model, loaded. A model is a program: one with ops that no export has is refused
 * unless it is trusted.
 *
 * @param version its directory
 * @param bundle what was loaded
 */
record ServedModel(Path version, SavedModelBundle bundle) implements AutoCloseable {
  /**
   * Checks what a model is made of, before any of it is loaded.
   *
   * @param version its directory
   * @param trust whether to accept unexpected ops
   * @return its graph
   * @throws UserError if it is no model or not trusted
   */
  static MetaGraphDef checked(Path version, boolean trust) {
    SavedModel model = ModelDirectory.model(version);
    MetaGraphDef graph = ModelDirectory.served(version, model);
    Optional<String> damage = ModelForm.damage(graph);
    if (damage.isPresent()) {
      throw new UserError(
          UserError.Kind.DATA,
          version + ": is damaged, " + damage.get() + "; export the model again");
    }
    Optional<String> objection = ModelTrust.objection(model);
    if (objection.isPresent() && !trust) {
      throw new UserError(
          UserError.Kind.DATA,
          version
              + ": was not exported by this program, it "
              + objection.get()
              + "; a model is a program, run it with --trust only if you trust who made it");
    }
    if (!trust) {
      ModelDirectory.requireWhole(version, graph);
    }
    return graph;
  }

  /** Loads a checked model. */
  static ServedModel load(Path version) {
    try {
      return new ServedModel(version, SavedModelBundle.load(version.toString(), "serve"));
    } catch (RuntimeException failure) {
      throw broken(version, failure);
    }
  }

  /**
   * Applies a signature.
   *
   * @param signature its name
   * @param name of its input
   * @param input a batch
   * @param reader makes something of the outputs, which are closed afterwards
   * @return what it made
   * @throws RuntimeException as TensorFlow gives it
   */
  <R> R call(String signature, String name, Tensor input, Function<Result, R> reader) {
    return call(signature, Map.of(name, input), reader);
  }

  /** The same with several inputs, by their names. */
  <R> R call(String signature, Map<String, Tensor> inputs, Function<Result, R> reader) {
    try (Result result = bundle.function(signature).call(inputs)) {
      return reader.apply(result);
    }
  }

  /** The error for a model that TensorFlow cannot load or run. */
  static UserError broken(Path version, RuntimeException failure) {
    return new UserError(
        UserError.Kind.DATA,
        version + ": cannot be run: " + reason(failure) + "; export the model again",
        failure);
  }

  /** The first line of what TensorFlow says; Java's words say nothing to people. */
  static String reason(RuntimeException failure) {
    return failure instanceof TensorFlowException || failure instanceof IllegalArgumentException
        ? String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown reason")
        : "its answers are of another kind than its signature says";
  }

  /**
   * Checks that a model answers for the classes that it names.
   *
   * @param classes their names; empty if they are not known
   * @throws UserError if it does not
   */
  List<ClassPrediction> requireClasses(List<String> classes, List<ClassPrediction> predictions) {
    for (ClassPrediction prediction : predictions) {
      int found = prediction.probabilities().length;
      if (!classes.isEmpty() && found != classes.size()) {
        throw new UserError(
            UserError.Kind.DATA,
            version
                + ": gives "
                + found
                + " probabilities, expected one for each of the "
                + classes.size()
                + " classes that it names; export the model again");
      }
    }
    return predictions;
  }

  @Override
  public void close() {
    bundle.close();
  }
}
