package io.tandem.export;

import io.tandem.data.ImageShape;
import io.tandem.data.TableLayout;
import io.tandem.export.proto.PredictionLog;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.TrainedNetwork;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A network that tells classes apart: raw features or images in, standardisation inside, no
 * dropout, each row independent of the others. See {@link RowSignatures} and {@link
 * ImageSignatures}.
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
  private static final float TOLERANCE = 1e-6f;
  // A server's graph has convolutions and normalisations fused, which round otherwise, layer by
  // layer; a wrong weight changes more.
  private static final float TOLERANCE_OF_IMAGES = 1e-4f;

  @Override
  public List<Signature> signatures(Ops tf, ServedVariables variables) {
    Shape columns = Shape.of(model.features());
    Operand<TFloat32> mean = variables.add("standardise/mean", columns, model.mean());
    Operand<TFloat32> scale = variables.add("standardise/scale", columns, model.scale());
    Network network = model.network();
    List<Operand<TFloat32>> weights =
        variables.add(network.names(), network.shapes(), model.weights());
    List<Operand<TFloat32>> statistics =
        variables.add(network.statisticNames(), network.statisticShapes(), model.statistics());
    Operand<TString> labels =
        tf.constant(NdArrays.vectorOfObjects(model.classes().toArray(String[]::new)));
    ServedNetwork served = new ServedNetwork(network, weights, statistics, mean, scale, labels);
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
    return new ModelFacts(model.classes(), images, table);
  }

  @Override
  public List<ExtraFile> files() {
    return List.of();
  }
}
