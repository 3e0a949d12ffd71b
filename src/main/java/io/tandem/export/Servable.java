package io.tandem.export;

import io.tandem.export.proto.PredictionLog;
import io.tandem.export.signature.ServedVariables;
import java.util.List;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;

/** A trained model as it is served, with inputs to try it on. */
public interface Servable {
  /**
   * Adds the model to an empty graph.
   *
   * @param tf the graph
   * @param variables where its weights are kept
   * @return how it is called
   */
  List<Signature> signatures(Ops tf, ServedVariables variables);

  /**
   * Requests that leave no part of the model cold, {@code serving_default} or what it stands for
   * first.
   *
   * @param name of the model
   * @param batch size of each request, positive
   */
  List<PredictionLog> requests(String name, int batch);

  /** How far the same model's answers may lie apart, see {@link SelfTest}. */
  float tolerance();

  /** What clients have to know of it. */
  ModelFacts facts();

  /** Files for people and clients, beside the graph. */
  List<ExtraFile> files();
}
