package io.tandem.graph.preprocessing;

import io.tandem.data.ImageChannels;
import io.tandem.data.ImageSettings;
import io.tandem.data.ImageShape;
import io.tandem.data.image.DamagedImageException;
import io.tandem.data.image.ImageDecoder;
import io.tandem.data.image.ImageHeader;
import io.tandem.data.image.WholeImage;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Decodes image files by {@link ImagePreprocessing}, in a graph of its own. */
public final class GraphImageDecoder implements ImageDecoder {
  private static final ConfigProto UNOPTIMIZED =
      ConfigProto.newBuilder()
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  private final ImageSettings settings;
  private final Graph graph;
  private final Session session;
  private final Placeholder<TString> file;
  private final Operand<TUint8> grey;
  private final Operand<TUint8> colour;

  /**
   * Builds the graph.
   *
   * @param settings of size and channels
   */
  public GraphImageDecoder(ImageSettings settings) {
    this.settings = settings;
    graph = new Graph();
    // An optimized graph is no faster for this, and takes longer to begin.
    session = new Session(graph, UNOPTIMIZED);
    Ops tf = Ops.create(graph);
    file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    grey = image(tf, 1);
    colour = image(tf, ImageShape.COLOUR);
  }

  private Operand<TUint8> image(Ops tf, int channels) {
    Operand<TInt32> decoded = ImagePreprocessing.decoded(tf, file, channels);
    return settings.resizes()
        ? tf.dtypes.cast(
            ImagePreprocessing.resized(tf, decoded, settings.height(), settings.width(), channels),
            TUint8.class)
        : tf.dtypes.cast(decoded, TUint8.class);
  }

  @Override
  public Decoded decode(byte[] bytes) throws DamagedImageException {
    ImageHeader header = WholeImage.check(bytes);
    boolean asGrey =
        settings.channels() == ImageChannels.GREY
            || (settings.channels() == ImageChannels.AS_STORED && header.grey());
    try (TString input = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes));
        Result result = session.runner().feed(file, input).fetch(asGrey ? grey : colour).run()) {
      TUint8 pixels = (TUint8) result.get(0);
      Shape shape = pixels.shape();
      byte[] copy = new byte[Math.toIntExact(shape.size())];
      pixels.copyTo(DataBuffers.of(copy, false, false));
      return new Decoded(
          new ImageShape(
              Math.toIntExact(shape.get(0)),
              Math.toIntExact(shape.get(1)),
              Math.toIntExact(shape.get(2))),
          copy);
    } catch (RuntimeException failure) {
      throw new DamagedImageException(
          "cannot be decoded as " + (header.png() ? "PNG" : "JPEG") + ", it is cut or altered",
          failure);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
