package io.tandem.graph.preprocessing;

import java.util.List;
import java.util.function.Function;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * From an image file to the numbers that a network sees: the one definition that the reader of
 * training images and every exported model share. The steps, in this order:
 *
 * <ol>
 *   <li>JPEG (accurate cosine transform; four inks become colours) or PNG (palettes looked up, 16
 *       bits cut to 8) is decoded to red, green and blue;
 *   <li>transparency is laid over black: {@code (value * alpha + 127) / 255}, rounded down;
 *   <li>a JPEG is turned upright as its EXIF orientation says;
 *   <li>for one channel, colours become their luma (ITU-R BT.601), {@code (299 R + 587 G + 114 B +
 *       500) / 1000}, rounded down, which leaves grey as it is;
 *   <li>the image is resized by TensorFlow's antialiased triangle: linear interpolation where it
 *       grows, a weighted mean of what a new pixel covers where it shrinks; then rounded to whole
 *       numbers, halves to even.
 * </ol>
 */
public final class ImagePreprocessing {
  private static final int COLOURS = 3;
  private static final int[] LUMA = {299, 587, 114};
  private static final int THOUSAND = 1000;
  private static final int WHITE = 255;
  // Place of the number of bits in a PNG file.
  private static final int BIT_DEPTH = 24;

  private ImagePreprocessing() {}

  /**
   * Adds steps 1 to 4.
   *
   * @param tf where they are added
   * @param file a whole JPEG or PNG file, scalar
   * @param channels 1 for grey, 3 for red, green and blue
   * @return 0 to 255, {@code [height, width, channels]} of the upright image
   */
  public static Operand<TInt32> decoded(Ops tf, Operand<TString> file, int channels) {
    Operand<TBool> png =
        tf.math.equal(tf.strings.substr(file, tf.constant(1), tf.constant(3)), tf.constant("PNG"));
    Operand<TInt32> picture =
        either(tf, png, file, ImagePreprocessing::png, ImagePreprocessing::jpeg);
    return channels == 1 ? luma(tf, picture) : picture;
  }

  /** What one of two functions makes of a file; only that one is computed. */
  private static Operand<TInt32> either(
      Ops tf,
      Operand<TBool> condition,
      Operand<TString> file,
      Function<Ops, Signature> then,
      Function<Ops, Signature> otherwise) {
    try (ConcreteFunction first = ConcreteFunction.create(then);
        ConcreteFunction second = ConcreteFunction.create(otherwise)) {
      return tf.statelessIf(condition, List.of(file), List.of(TInt32.class), first, second)
          .iterator()
          .next()
          .asOutput()
          .expect(TInt32.class);
    }
  }

  /**
   * TensorFlow fills a missing transparency with the largest number of the stored depth, which is
   * opaque with 8 bits and nearly clear with fewer. Files of fewer bits have a palette or are grey,
   * and if anything in them is transparent, they say so in a chunk of its own.
   */
  private static Signature png(Ops tf) {
    Placeholder<TString> file = file(tf);
    FileBytes bytes = FileBytes.of(tf, file);
    Operand<TBool> shallow = tf.math.less(bytes.at(tf.constant(BIT_DEPTH)), tf.constant(Byte.SIZE));
    Operand<TBool> opaque =
        tf.math.equal(bytes.find('t', 'R', 'N', 'S'), tf.constant(FileBytes.NOWHERE));
    return function(
        file,
        either(
            tf,
            tf.math.logicalAnd(shallow, opaque),
            file,
            ImagePreprocessing::opaquePng,
            ImagePreprocessing::transparentPng));
  }

  private static Signature opaquePng(Ops tf) {
    Placeholder<TString> file = file(tf);
    return function(file, stored(tf, file, COLOURS));
  }

  private static Operand<TInt32> stored(Ops tf, Operand<TString> file, long channels) {
    return tf.dtypes.cast(
        tf.image.decodePng(file, TUint8.class, DecodePng.channels(channels)), TInt32.class);
  }

  private static Signature transparentPng(Ops tf) {
    Placeholder<TString> file = file(tf);
    Operand<TInt32> all = stored(tf, file, COLOURS + 1L);
    Operand<TInt32> alpha = channels(tf, all, COLOURS, 1);
    Operand<TInt32> weighted = tf.math.mul(channels(tf, all, 0, COLOURS), alpha);
    return function(
        file,
        tf.math.floorDiv(
            tf.math.add(weighted, tf.constant(Math.floorDiv(WHITE, 2))), tf.constant(WHITE)));
  }

  private static Signature jpeg(Ops tf) {
    Placeholder<TString> file = file(tf);
    Operand<TUint8> stored =
        tf.image.decodeJpeg(
            file, DecodeJpeg.channels((long) COLOURS), DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
    return function(file, ExifOrientation.upright(tf, file, tf.dtypes.cast(stored, TInt32.class)));
  }

  private static Placeholder<TString> file(Ops tf) {
    return tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
  }

  private static Signature function(Operand<TString> file, Operand<TInt32> picture) {
    return Signature.builder("decode").input("file", file).output("picture", picture).build();
  }

  private static Operand<TInt32> channels(Ops tf, Operand<TInt32> image, int first, int count) {
    return tf.slice(
        image, tf.constant(new int[] {0, 0, first}), tf.constant(new int[] {-1, -1, count}));
  }

  private static Operand<TInt32> luma(Ops tf, Operand<TInt32> picture) {
    Operand<TInt32> sum =
        tf.reduceSum(
            tf.math.mul(picture, tf.constant(LUMA)),
            tf.constant(2),
            org.tensorflow.op.core.ReduceSum.keepDims(true));
    return tf.math.floorDiv(
        tf.math.add(sum, tf.constant(Math.floorDiv(THOUSAND, 2))), tf.constant(THOUSAND));
  }

  /**
   * Adds step 5.
   *
   * @param tf where it is added
   * @param picture 0 to 255, {@code [any, any, channels]}
   * @param height rows of pixels of the result, positive
   * @param width pixels of a row of the result, positive
   * @param channels values of a pixel
   * @return whole numbers from 0 to 255, {@code [height, width, channels]}
   */
  public static Operand<TFloat32> resized(
      Ops tf, Operand<TInt32> picture, int height, int width, int channels) {
    Operand<TInt32> wanted = tf.constant(new int[] {height, width});
    Operand<TInt32> stored =
        tf.slice(tf.shape(picture), tf.constant(new int[] {0}), tf.constant(new int[] {2}));
    Operand<TFloat32> scale =
        tf.math.div(tf.dtypes.cast(wanted, TFloat32.class), tf.dtypes.cast(stored, TFloat32.class));
    Operand<TFloat32> one =
        tf.image.scaleAndTranslate(
            tf.expandDims(tf.dtypes.cast(picture, TFloat32.class), tf.constant(0)),
            wanted,
            scale,
            tf.constant(new float[2]),
            ScaleAndTranslate.kernelType("triangle"),
            ScaleAndTranslate.antialias(true));
    return tf.reshape(tf.math.rint(one), tf.constant(new int[] {height, width, channels}));
  }
}
