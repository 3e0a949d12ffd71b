package io.tandem.data.image;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files of a tree are images of which class and part: {@code class/file}, or {@code
 * part/class/file} with the parts {@code train}, {@code test} and perhaps {@code validation} (or
 * {@code valid}, {@code val}). One folder around it all is passed over, as are files beside the
 * class folders that are no images, such as a {@code README}.
 *
 * @param classes in order
 * @param divided whether there are parts; otherwise all images are in {@code train}
 * @param train images to learn from, by class and then by name
 * @param validation images that the search is rewarded on, empty if there is no such folder
 * @param test images that are read once, at the end
 */
record ImageLayout(
    List<String> classes,
    boolean divided,
    List<ImageFile> train,
    List<ImageFile> validation,
    List<ImageFile> test) {
  /**
   * An image.
   *
   * @param entry its path in the tree
   * @param path the same without the folder around it all
   * @param label index of its class
   */
  record ImageFile(String entry, String path, int label) {}

  /**
   * Finds the images.
   *
   * @throws DataException if the tree is laid out otherwise, or a class folder is empty
   */
  static ImageLayout of(FileTree tree) {
    return new ImageSearch(tree).layout();
  }

  /** All images, in the order train, validation, test. */
  List<ImageFile> all() {
    List<ImageFile> all = new ArrayList<>(train);
    all.addAll(validation);
    all.addAll(test);
    return all;
  }

  /**
   * The same with fewer training images, a block of them in this order: the first of each class,
   * then the second of each, and so on.
   *
   * @param block which
   * @param name of the folder or archive, in messages
   * @throws io.tandem.data.DataException if the block reaches beyond them
   */
  ImageLayout within(Block block, String name) {
    int size = block.size(train.size(), name, "training images", "data.images_format");
    if (size == train.size()) {
      return this;
    }
    record Placed(ImageFile file, int rank) {}
    List<Placed> placed = new ArrayList<>();
    Map<Integer, Integer> ranks = new HashMap<>();
    for (ImageFile file : train) {
      placed.add(new Placed(file, ranks.merge(file.label(), 1, Integer::sum)));
    }
    List<ImageFile> kept =
        placed.stream()
            .sorted(
                Comparator.comparingInt(Placed::rank)
                    .thenComparingInt(image -> image.file().label()))
            .skip(block.offset())
            .limit(size)
            .map(Placed::file)
            .sorted(order())
            .toList();
    return new ImageLayout(classes, divided, kept, validation, test);
  }

  /** By class and then by name. */
  static Comparator<ImageFile> order() {
    return Comparator.comparingInt(ImageFile::label).thenComparing(ImageFile::path, FileTree.ORDER);
  }
}
