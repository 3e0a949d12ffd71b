package io.tandem.data.image;

import io.tandem.data.ImageSettings;
import io.tandem.data.ImageShape;

/**
 * Turns JPEG and PNG files into bytes as networks see them. Training and exported models use one
 * definition of it, which lies outside this package because it is made of TensorFlow operations.
 * Safe for use by several threads.
 */
public interface ImageDecoder extends AutoCloseable {
  /**
   * A decoded image.
   *
   * @param shape its shape
   * @param pixels {@code [height, width, channels]}
   */
  record Decoded(ImageShape shape, byte[] pixels) {}

  /** Makes decoders. */
  @FunctionalInterface
  interface Factory {
    /**
     * A decoder, to be closed by the caller.
     *
     * @param settings of size and channels
     */
    ImageDecoder open(ImageSettings settings);
  }

  /**
   * Decodes a file.
   *
   * @param bytes of the file
   * @throws DamagedImageException if it is no image, too large, or not whole
   */
  Decoded decode(byte[] bytes) throws DamagedImageException;

  @Override
  void close();
}
