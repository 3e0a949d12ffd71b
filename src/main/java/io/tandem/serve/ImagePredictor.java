package io.tandem.serve;

import io.tandem.report.UserError;
import java.nio.file.Path;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TString;

/** An exported model that takes encoded images. */
public final class ImagePredictor implements AutoCloseable {
  private static final String IMAGES = "images";
  private static final String ENCODED = "encoded";
  private static final String IMAGE_BYTES = "image_bytes";

  private final ServedModel model;

  private ImagePredictor(ServedModel model) {
    this.model = model;
  }

  /**
   * Whether a model takes images and no rows of features.
   *
   * @param path a run, its model directory or a version in it
   * @throws UserError if it is no model
   */
  public static boolean fits(Path path) {
    return ModelDirectory.read(ModelDirectory.resolve(path))
        .getSignatureDefOrDefault(Signature.DEFAULT_KEY, SignatureDef.getDefaultInstance())
        .containsInputs(IMAGES);
  }

  /**
   * Loads a model.
   *
   * @param path a run, its model directory or a version in it
   * @param trust whether to load it even if it holds unexpected ops
   * @throws UserError if it is no model, not trusted, or does not take encoded images
   */
  public static ImagePredictor open(Path path, boolean trust) {
    Path version = ModelDirectory.resolve(path);
    MetaGraphDef graph = ServedModel.checked(version, trust);
    if (!graph
        .getSignatureDefOrDefault(ENCODED, SignatureDef.getDefaultInstance())
        .containsInputs(IMAGE_BYTES)) {
      throw new UserError(
          UserError.Kind.DATA,
          version
              + ": has no signature encoded with the input image_bytes, expected one that takes JPEG"
              + " and PNG files; export the model again");
    }
    return new ImagePredictor(ServedModel.load(version));
  }

  /**
   * Applies the model.
   *
   * @param place what to call the image in an error
   * @param bytes a whole JPEG, PNG, BMP or GIF file of any size
   * @throws UserError if it is no image that the model can decode
   */
  public Prediction predict(String place, byte[] bytes) {
    try (TString input = TString.tensorOfBytes(NdArrays.vectorOfObjects(bytes))) {
      return model.call(ENCODED, IMAGE_BYTES, input, Prediction::of).get(0);
    } catch (RuntimeException failure) {
      throw new UserError(
          UserError.Kind.DATA,
          place
              + ": cannot be decoded ("
              + ServedModel.reason(failure)
              + "), expected a complete JPEG, PNG, BMP or GIF file; remove it or make it anew",
          failure);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
