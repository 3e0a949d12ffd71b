package io.tandem.serve;

import io.tandem.data.ImageShape;
import io.tandem.data.image.DamagedImageException;
import io.tandem.data.image.WholeImage;
import io.tandem.disk.UserError;
import io.tandem.export.ModelFacts;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** An exported model that takes images, as files or as bytes. */
public final class ImagePredictor implements AutoCloseable {
  private static final String IMAGES = "images";
  private static final String ENCODED = "encoded";
  private static final String IMAGE_BYTES = "image_bytes";

  private final ServedModel model;
  private final ImageShape shape;
  private final List<String> classes;

  private ImagePredictor(ServedModel model, ImageShape shape, List<String> classes) {
    this.model = model;
    this.shape = shape;
    this.classes = classes;
  }

  /**
   * Whether a model takes images and no rows of features.
   *
   * @param path a run, its model directory or a version in it
   * @throws UserError if it is no model
   */
  public static boolean fits(Path path) {
    return input(ModelDirectory.read(ModelDirectory.resolve(path))).containsInputs(IMAGES);
  }

  private static SignatureDef input(MetaGraphDef graph) {
    return graph.getSignatureDefOrDefault(Signature.DEFAULT_KEY, SignatureDef.getDefaultInstance());
  }

  /**
   * Loads a model.
   *
   * @param path a run, its model directory or a version in it
   * @param trust whether to load it even if it could do more than answer
   * @throws UserError if it is no model, not trusted, or does not take images
   */
  public static ImagePredictor open(Path path, boolean trust) {
    Path version = ModelDirectory.resolve(path);
    MetaGraphDef graph = ServedModel.checked(version, trust);
    TensorShapeProto images =
        input(graph).getInputsOrDefault(IMAGES, TensorInfo.getDefaultInstance()).getTensorShape();
    if (images.getDimCount() != 4
        || images.getDimList().stream().skip(1).anyMatch(side -> side.getSize() < 1)
        || !graph
            .getSignatureDefOrDefault(ENCODED, SignatureDef.getDefaultInstance())
            .containsInputs(IMAGE_BYTES)) {
      throw new UserError(
          UserError.Kind.DATA,
          version
              + ": has no signature encoded with the input image_bytes, expected one that takes JPEG"
              + " and PNG files; export the model again");
    }
    return new ImagePredictor(
        ServedModel.load(version),
        new ImageShape(size(images, 1), size(images, 2), size(images, 3)),
        ModelDirectory.facts(version, trust).map(ModelFacts::classes).orElseGet(List::of));
  }

  private static int size(TensorShapeProto shape, int dimension) {
    return Math.toIntExact(shape.getDim(dimension).getSize());
  }

  /** Names of the classes in the order of the probabilities; empty if they are not known. */
  public List<String> classes() {
    return classes;
  }

  /** Shape of the images that the network sees. */
  public ImageShape shape() {
    return shape;
  }

  /**
   * Applies the model to an image file.
   *
   * @param bytes a whole JPEG or PNG file of any size
   * @throws DamagedImageException if training would have left it out
   */
  public ClassPrediction predict(byte[] bytes) throws DamagedImageException {
    WholeImage.check(bytes);
    try (TString input = TString.tensorOfBytes(NdArrays.vectorOfObjects(bytes))) {
      return model
          .requireClasses(classes, model.call(ENCODED, IMAGE_BYTES, input, ClassPrediction::of))
          .get(0);
    } catch (UserError named) {
      throw named;
    } catch (RuntimeException failure) {
      throw new DamagedImageException("cannot be decoded, it is cut or altered", failure);
    }
  }

  /**
   * Applies the model to images of the network's own shape.
   *
   * @param pixels unsigned bytes {@code [images, height, width, channels]}
   * @return one prediction per image
   */
  public List<ClassPrediction> predictPixels(byte[] pixels) {
    Shape batch =
        Shape.of(pixels.length / shape.size(), shape.height(), shape.width(), shape.channels());
    try (TUint8 input = TUint8.tensorOf(batch, DataBuffers.of(pixels))) {
      return model.requireClasses(
          classes, model.call(Signature.DEFAULT_KEY, IMAGES, input, ClassPrediction::of));
    } catch (UserError named) {
      throw named;
    } catch (RuntimeException failure) {
      throw ServedModel.broken(model.version(), failure);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
