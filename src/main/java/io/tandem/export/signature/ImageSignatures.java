package io.tandem.export.signature;

import io.tandem.data.ImageShape;
import io.tandem.export.wire.Requests;
import io.tandem.graph.preprocessing.ImagePreprocessing;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The signatures of a network that sees images. {@code serving_default} (predict) takes {@code
 * images}, bytes {@code [batch, height, width, channels]}; {@code encoded} (predict) takes {@code
 * image_bytes}, strings {@code [batch]} of JPEG or PNG files, each of any size; {@code classify}
 * takes serialized {@code tf.Example}s with such a string under {@code image/encoded}. The outputs
 * are those of a network of rows.
 *
 * <p>Files become bytes by {@link ImagePreprocessing}, which read the training images too. The
 * pictures of a batch are decoded one by one by a function of the graph ({@code MapDefun}), as each
 * has a size of its own.
 *
 * @param served what the signatures share
 * @param image what the network sees
 * @param white by which bytes are divided
 */
public record ImageSignatures(ServedNetwork served, ImageShape image, float white) {
  static final String ENCODED = "encoded";
  static final String IMAGES = "images";
  static final String IMAGE_BYTES = "image_bytes";
  static final String KEY = "image/encoded";

  private static final Shape BATCH = Shape.of(Shape.UNKNOWN_SIZE);

  /** Adds them. */
  public List<Signature> of(Ops tf) {
    Placeholder<TUint8> images =
        tf.withName(IMAGES).placeholder(TUint8.class, Placeholder.shape(shape()));
    // A placeholder takes any shape, and smaller images would be joined to fewer ones of this size.
    Operand<TUint8> whole = tf.ensureShape(images, shape());
    Operand<TFloat32> bytes =
        tf.reshape(
            tf.dtypes.cast(whole, TFloat32.class), tf.constant(new int[] {-1, image.size()}));
    Answers answers = served.answers(tf);
    Signature direct =
        answers.predict(tf, Signature.DEFAULT_KEY, Map.of(IMAGES, images), features(tf, bytes));

    Ops encoded = tf.withSubScope(ENCODED);
    Placeholder<TString> files =
        encoded.withName(IMAGE_BYTES).placeholder(TString.class, Placeholder.shape(BATCH));
    Signature decoded =
        answers.predict(
            encoded,
            ENCODED,
            Map.of(IMAGE_BYTES, files),
            features(encoded, decode(encoded, encoded.ensureShape(files, BATCH))));

    Ops examples = tf.withSubScope(Requests.CLASSIFY);
    Placeholder<TString> inputs =
        examples.withName(Requests.EXAMPLES).placeholder(TString.class, Placeholder.shape(BATCH));
    return List.of(
        direct,
        decoded,
        answers.examples(
            examples, inputs, features(examples, decode(examples, parse(examples, inputs)))));
  }

  private Shape shape() {
    return Shape.of(Shape.UNKNOWN_SIZE, image.height(), image.width(), image.channels());
  }

  private Operand<TFloat32> features(Ops tf, Operand<TFloat32> bytes) {
    return white == 1 ? bytes : tf.math.div(bytes, tf.constant(white));
  }

  /** Whole numbers from 0 to 255, {@code [batch, height * width * channels]}. */
  private Operand<TFloat32> decode(Ops tf, Operand<TString> files) {
    try (ConcreteFunction one = ConcreteFunction.create(this::decodeOne)) {
      Shape row = Shape.of(image.size());
      return tf.mapDefun(List.of(files), List.of(), List.of(TFloat32.class), List.of(row), one)
          .iterator()
          .next()
          .asOutput()
          .expect(TFloat32.class);
    }
  }

  private Signature decodeOne(Ops tf) {
    Placeholder<TString> file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TFloat32> resized =
        ImagePreprocessing.resized(
            tf,
            ImagePreprocessing.decoded(tf, file, image.channels()),
            image.height(),
            image.width(),
            image.channels());
    Operand<TFloat32> row = tf.reshape(resized, tf.constant(new int[] {image.size()}));
    return Signature.builder("decode").input("file", file).output("bytes", row).build();
  }

  private static Operand<TString> parse(Ops tf, Operand<TString> inputs) {
    Operand<TString> none = tf.constant(NdArrays.ofObjects(String.class, Shape.of(0)));
    // An empty default makes a key obligatory.
    return tf.io
        .parseExample(
            inputs,
            none,
            none,
            tf.constant(NdArrays.vectorOfObjects(KEY)),
            none,
            List.of(none),
            0L,
            List.of(),
            List.of(),
            List.of(),
            List.of(Shape.scalar()))
        .denseValues()
        .get(0)
        .expect(TString.class);
  }
}
