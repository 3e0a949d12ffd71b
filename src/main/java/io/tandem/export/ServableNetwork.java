package io.tandem.export;

import io.tandem.data.ImageShape;
import io.tandem.data.TableLayout;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.signature.ImageRequests;
import io.tandem.export.signature.ImageSignatures;
import io.tandem.export.signature.RowRequests;
import io.tandem.export.signature.RowSignatures;
import io.tandem.export.signature.ServedNetwork;
import io.tandem.export.signature.ServedVariables;
import io.tandem.graph.child.TrainedNetwork;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;

/**
 * A network that tells classes apart, or predicts numbers: raw features or images in,
 * standardisation inside, no dropout, each row independent of the others. See {@link RowSignatures}
 * and {@link ImageSignatures}.
 *
 * @param model the network
 * @param samples rows of raw features, also of images
 * @param images shape of the images whose bytes the rows are; empty if they are no such rows
 * @param table where the features are in the table that the network was trained on; empty if it was
 *     trained on no table
 */
public record ServableNetwork(
    TrainedNetwork model, Samples samples, Optional<ImageShape> images, Optional<TableLayout> table)
    implements Servable {
  static final float TOLERANCE = 1e-6f;
  // A server's graph has convolutions and normalisations fused, which round otherwise, layer by
  // layer; a wrong weight changes more.
  private static final float TOLERANCE_OF_IMAGES = 1e-4f;

  @Override
  public List<Signature> signatures(Ops tf, ServedVariables variables) {
    ServedNetwork served = ServedNetwork.of(tf, variables, model);
    return images
        .map(image -> new ImageSignatures(served, image, model.white()).of(tf))
        .orElseGet(() -> new RowSignatures(served, model).of(tf));
  }

  @Override
  public List<PredictionLog> requests(String name, int batch) {
    float[] rows = samples.first(batch);
    return images
        .map(
            image ->
                ImageRequests.of(name, ImageRequests.images(rows, image, model.white()), image))
        .orElseGet(() -> RowRequests.of(name, model, rows));
  }

  @Override
  public float tolerance() {
    return model.network().imageShape().isPresent() ? TOLERANCE_OF_IMAGES : TOLERANCE;
  }

  @Override
  public ModelFacts facts() {
    return new ModelFacts(model.classNames(), images, table).deciding(model.threshold());
  }

  @Override
  public List<ExtraFile> files() {
    return List.of();
  }
}
