package io.tandem.data.image;

import io.tandem.data.DataException;
import io.tandem.data.ImageShape;
import io.tandem.data.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the files of a tree, some at a time on all cores, and keeps what they give in the order
 * of the files, so that neither the order of reading nor of the threads can be seen. At most
 * {@value #MOST_BYTES} stored bytes wait, or one file.
 */
final class ImageBatch {
  private static final int MOST_FILES = 4096;
  private static final int MOST_BYTES = 1 << 25;
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final FileTree tree;
  private final ImageDecoder decoder;
  private final @Nullable Outcome[] outcomes;
  private final List<Waiting> waiting = new ArrayList<>();
  private int waitingBytes;
  private @Nullable ImageShape shape;
  private String shapeOf = "";

  /** A stored file and its place in the result. */
  private record Waiting(int index, String path, byte[] bytes) {}

  /**
   * What became of a file.
   *
   * @param sha256 hash of its bytes, in hexadecimal
   * @param pixels decoded; empty for a damaged image
   * @param damage why it cannot be used; empty for one that can
   */
  record Outcome(String sha256, byte[] pixels, String damage) {}

  /** A decoded file with its shape. */
  private record Result(Outcome outcome, @Nullable ImageShape shape) {}

  ImageBatch(FileTree tree, ImageDecoder decoder, int files) {
    this.tree = tree;
    this.decoder = decoder;
    this.outcomes = new Outcome[files];
  }

  /** Adds a file. */
  void add(int index, String path, byte[] bytes) {
    waiting.add(new Waiting(index, path, bytes));
    waitingBytes += bytes.length;
    if (waiting.size() >= MOST_FILES || waitingBytes >= MOST_BYTES) {
      flush();
    }
  }

  /** What became of the files, in their order. */
  List<Outcome> outcomes() {
    flush();
    List<Outcome> all = new ArrayList<>(outcomes.length);
    for (Outcome outcome : outcomes) {
      if (outcome == null) {
        throw new IllegalStateException("a file was not read");
      }
      all.add(outcome);
    }
    return all;
  }

  /** The shape of every image that could be decoded, null if there was none. */
  @Nullable ImageShape shape() {
    return shape;
  }

  private void flush() {
    List<Result> results =
        IntStream.range(0, waiting.size())
            .parallel()
            .mapToObj(index -> decode(waiting.get(index).bytes()))
            .toList();
    for (int index = 0; index < results.size(); index++) {
      Waiting file = waiting.get(index);
      ImageShape found = results.get(index).shape();
      if (found != null) {
        requireShape(found, file.path());
      }
      outcomes[file.index()] = results.get(index).outcome();
    }
    waiting.clear();
    waitingBytes = 0;
  }

  private Result decode(byte[] bytes) {
    String hash = FolderHash.of(bytes);
    try {
      ImageDecoder.Decoded image = decoder.decode(bytes);
      return new Result(new Outcome(hash, image.pixels(), ""), image.shape());
    } catch (DamagedImageException damage) {
      return new Result(new Outcome(hash, new byte[0], String.valueOf(damage.getMessage())), null);
    }
  }

  private void requireShape(ImageShape found, String path) {
    ImageShape first = shape;
    if (first == null) {
      shape = found;
      shapeOf = path;
      if ((long) found.size() * outcomes.length > LARGEST_ARRAY) {
        throw new DataException(
            Quote.format(
                "%s: %d images of %s, expected at most %d bytes in all; set"
                    + " data.images_format.limit, or a smaller width and height",
                tree.name(), outcomes.length, found, LARGEST_ARRAY));
      }
    } else if (found.channels() != first.channels()) {
      throw new DataException(
          Quote.format(
              "%s: a %s image, expected %s as %s; use --set"
                  + " data.images_format.channels=GREY or --set data.images_format.channels=COLOUR",
              tree.place(path), colour(found), colour(first), tree.place(shapeOf)));
    } else if (!found.equals(first)) {
      throw new DataException(
          Quote.format(
              "%s: %d x %d pixels, expected %d x %d as %s; resize all with --set"
                  + " data.images_format.height=H --set data.images_format.width=W",
              tree.place(path),
              found.height(),
              found.width(),
              first.height(),
              first.width(),
              tree.place(shapeOf)));
    }
  }

  private static String colour(ImageShape shape) {
    return shape.channels() == 1 ? "grey" : "colour";
  }
}
