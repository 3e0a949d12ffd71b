package io.tandem.export;

import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.signature.ColumnRequests;
import io.tandem.export.signature.ColumnSignatures;
import io.tandem.export.signature.ServedNetwork;
import io.tandem.export.signature.ServedVariables;
import io.tandem.graph.child.TrainedNetwork;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;

/**
 * A network of a table with categories or gaps: the columns go in as they are in the table, the
 * encoding is inside. See {@link ColumnSignatures}.
 *
 * @param model the network
 * @param encoding how columns become its features
 * @param samples rows to try it on
 * @param table the columns of the table that it was trained on
 */
public record ServableTable(
    TrainedNetwork model, TableEncoding encoding, TypedRows samples, TableLayout table)
    implements Servable {
  @Override
  public List<Signature> signatures(Ops tf, ServedVariables variables) {
    return new ColumnSignatures(ServedNetwork.of(tf, variables, model), encoding, table).of(tf);
  }

  @Override
  public List<PredictionLog> requests(String name, int batch) {
    return ColumnRequests.of(name, model.outcome(), table.featureNames(), samples.first(batch));
  }

  @Override
  public float tolerance() {
    return ServableNetwork.TOLERANCE;
  }

  @Override
  public ModelFacts facts() {
    return new ModelFacts(
        model.classNames(),
        Optional.empty(),
        Optional.of(table),
        Optional.of(encoding),
        Optional.empty(),
        model.threshold());
  }

  @Override
  public List<ExtraFile> files() {
    return List.of();
  }
}
