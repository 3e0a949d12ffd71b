package io.tandem.data.image;

import io.tandem.data.ImageShape;
import java.util.List;

/**
 * One of the binary formats of CIFAR (Krizhevsky 2009): records of one or two labels, a byte each,
 * and 32 x 32 pixels, all red ones, then all green, then all blue.
 *
 * @param train names of the training files, in their order
 * @param test name of the test file
 * @param labels what each label byte is
 */
record CifarFormat(List<String> train, String test, List<Labels> labels) {
  /**
   * A label byte.
   *
   * @param name for messages
   * @param classes labels are 0 up to but not this
   * @param file with a name of each class
   */
  record Labels(String name, int classes, String file) {}

  /** Ten classes. */
  static final CifarFormat CIFAR_10 =
      new CifarFormat(
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          "test_batch.bin",
          List.of(new Labels("label", 10, "batches.meta.txt")));

  /** A hundred classes in twenty groups. */
  static final CifarFormat CIFAR_100 =
      new CifarFormat(
          List.of("train.bin"),
          "test.bin",
          List.of(
              new Labels("coarse label", 20, "coarse_label_names.txt"),
              new Labels("fine label", 100, "fine_label_names.txt")));

  /** Shape of its images. */
  static final ImageShape SHAPE = new ImageShape(32, 32, ImageShape.COLOUR);

  /** Bytes of a record. */
  int record() {
    return labels.size() + SHAPE.size();
  }
}
