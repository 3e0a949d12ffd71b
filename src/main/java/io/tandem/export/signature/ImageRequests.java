package io.tandem.export.signature;

import com.google.protobuf.ByteString;
import io.tandem.data.ImageShape;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.wire.Requests;
import io.tandem.export.wire.TensorProtos;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Signature;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;

/** Requests to networks that see images. */
public final class ImageRequests {
  private ImageRequests() {}

  /** The same images to each signature: as bytes, as files and as files in Examples. */
  public static List<PredictionLog> of(String name, List<byte[]> images, ImageShape shape) {
    List<ByteString> files =
        images.stream().map(image -> ByteString.copyFrom(Png.encode(image, shape))).toList();
    ByteString bytes = ByteString.copyFrom(images.stream().map(ByteString::copyFrom).toList());
    var raw =
        new Requests.Given(
            ImageSignatures.IMAGES,
            TensorProtos.bytes(
                bytes, images.size(), shape.height(), shape.width(), shape.channels()));
    var encoded = new Requests.Given(ImageSignatures.IMAGE_BYTES, TensorProtos.strings(files));
    return List.of(
        Requests.predict(name, Signature.DEFAULT_KEY, List.of(raw)),
        Requests.predict(name, ImageSignatures.ENCODED, List.of(encoded)),
        Requests.classify(name, files.stream().map(ImageRequests::example).toList()));
  }

  /** The images whose raw features these are: bytes divided by {@code white}. */
  public static List<byte[]> images(float[] rows, ImageShape shape, float white) {
    List<byte[]> images = new ArrayList<>();
    for (int start = 0; start < rows.length; start += shape.size()) {
      byte[] image = new byte[shape.size()];
      for (int index = 0; index < image.length; index++) {
        image[index] = (byte) Math.round(rows[start + index] * white);
      }
      images.add(image);
    }
    return images;
  }

  /** A serialized {@code tf.Example} of an image file. */
  public static ByteString example(ByteString file) {
    Feature value =
        Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(file)).build();
    return Example.newBuilder()
        .setFeatures(Features.newBuilder().putFeature(ImageSignatures.KEY, value))
        .build()
        .toByteString();
  }
}
