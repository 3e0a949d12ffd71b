package io.tandem.data.image;

import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.ImageSettings;
import io.tandem.data.ImageShape;
import io.tandem.data.Quote;
import io.tandem.data.SplitSettings;
import io.tandem.data.StratifiedSplit;
import io.tandem.disk.NextCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads a data set of image files, in a folder or an archive of one. */
public final class ImageFiles {
  private static final int NAMED = 10;

  private final FileTree tree;
  private final ImageSettings settings;
  private final ImageLayout layout;
  private final List<ImageLayout.ImageFile> files;
  private final List<ImageBatch.Outcome> outcomes;
  private final ImageShape shape;

  private ImageFiles(FileTree tree, ImageSettings settings, ImageDecoder.Factory decoders) {
    this.tree = tree;
    this.settings = settings;
    layout = ImageLayout.of(tree).within(settings.block(), tree.name());
    files = layout.all();
    Map<String, Integer> places = new HashMap<>();
    files.forEach(file -> places.put(file.entry(), places.size()));
    ImageShape found;
    try (ImageDecoder decoder = decoders.open(settings)) {
      ImageBatch batch = new ImageBatch(tree, decoder, files.size());
      tree.read(
          Set.copyOf(places.keySet()),
          (path, bytes) -> batch.add(places.getOrDefault(path, 0), path, bytes));
      outcomes = batch.outcomes();
      found = batch.shape();
    }
    if (found == null) {
      throw new DataException(damaged(damagedFiles()));
    }
    shape = found;
  }

  /**
   * Reads the images.
   *
   * @param source names the folder or archive
   * @param split how one folder of classes is divided
   * @param seed seed of the run; decides the division alone
   * @param decoders makes what turns files into pixels
   * @throws DataException if they cannot be used
   */
  public static ImageSplit load(
      DataSource.Images source, SplitSettings split, long seed, ImageDecoder.Factory decoders) {
    ImageFiles images = new ImageFiles(FileTree.of(source.path()), source.settings(), decoders);
    return images.split(split, seed);
  }

  private ImageSplit split(SplitSettings split, long seed) {
    List<Integer> damaged = damagedFiles();
    if (damaged.size() > settings.damagedShare() * files.size()) {
      throw new DataException(damaged(damaged));
    }
    int[] train = whole(0, layout.train().size());
    int[] validation = whole(layout.train().size(), layout.validation().size());
    int[] test = whole(files.size() - layout.test().size(), layout.test().size());
    if (!layout.divided()) {
      int[][] parts =
          divide(train, new double[] {split.train(), split.validation(), split.test()}, seed);
      train = parts[0];
      validation = parts[1];
      test = parts[2];
    } else if (layout.validation().isEmpty()) {
      double share = settings.validation();
      int[][] parts = divide(train, new double[] {1 - share, share}, seed);
      train = parts[0];
      validation = parts[1];
    }
    return new ImageSplit(
        part(train, "train"),
        part(validation, "validation"),
        part(test, "test"),
        1,
        hash(),
        notes(damaged));
  }

  /** The undamaged ones of some neighbouring files. */
  private int[] whole(int first, int count) {
    int[] found = new int[count];
    int filled = 0;
    for (int index = first; index < first + count; index++) {
      if (outcomes.get(index).damage().isEmpty()) {
        found[filled++] = index;
      }
    }
    return Arrays.copyOf(found, filled);
  }

  private int[][] divide(int[] chosen, double[] shares, long seed) {
    int[] labels = new int[chosen.length];
    int[] counts = new int[layout.classes().size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = files.get(chosen[row]).label();
      counts[labels[row]]++;
    }
    for (int index = 0; index < counts.length; index++) {
      if (counts[index] < shares.length) {
        throw new DataException(
            Quote.format(
                "%s: class %s has %d usable %s, expected at least %d (one for each part); add images%s",
                tree.name(),
                Quote.quoted(layout.classes().get(index)),
                counts[index],
                counts[index] == 1 ? "image" : "images",
                shares.length,
                isLimited()
                    ? ", remove the class, or raise data.images_format.limit"
                    : " or remove the class"));
      }
    }
    int[][] parts = StratifiedSplit.parts(labels, counts.length, shares, seed);
    for (int[] part : parts) {
      Arrays.setAll(part, row -> chosen[part[row]]);
    }
    return parts;
  }

  /** Whether the limit left usable images out. */
  private boolean isLimited() {
    int limit = settings.block().limit();
    return limit > 0 && layout.train().size() == limit;
  }

  private ImageDataset part(int[] chosen, String name) {
    if (chosen.length == 0) {
      throw new DataException(
          Quote.format(
              "%s: no usable image in %s, expected at least one; add some", tree.name(), name));
    }
    byte[] pixels = new byte[Math.multiplyExact(chosen.length, shape.size())];
    int[] labels = new int[chosen.length];
    for (int row = 0; row < chosen.length; row++) {
      byte[] image = outcomes.get(chosen[row]).pixels();
      System.arraycopy(image, 0, pixels, row * shape.size(), shape.size());
      labels[row] = files.get(chosen[row]).label();
    }
    return new ImageDataset(pixels, shape, labels, layout.classes());
  }

  private String hash() {
    FolderHash hash = new FolderHash();
    for (int index = 0; index < files.size(); index++) {
      hash.add(files.get(index).path(), outcomes.get(index).sha256());
    }
    return hash.sha256();
  }

  private List<Integer> damagedFiles() {
    List<Integer> damaged = new ArrayList<>();
    for (int index = 0; index < files.size(); index++) {
      if (!outcomes.get(index).damage().isEmpty()) {
        damaged.add(index);
      }
    }
    return damaged;
  }

  private String described(int index) {
    return files.get(index).path() + " (" + outcomes.get(index).damage() + ")";
  }

  private String damaged(List<Integer> damaged) {
    return Quote.format(
        "%s: %d of %d images damaged, expected at most %s of them; replace or remove them, or raise"
            + " data.images_format.damaged_share: %s%s",
        tree.name(),
        damaged.size(),
        files.size(),
        settings.damagedShare(),
        damaged.stream().limit(NAMED).map(this::described).collect(Collectors.joining(", ")),
        damaged.size() > NAMED ? " and " + (damaged.size() - NAMED) + " more" : "");
  }

  private List<String> notes(List<Integer> damaged) {
    List<String> notes = new ArrayList<>();
    if (!damaged.isEmpty()) {
      notes.add(
          Quote.format(
              "%s: %d of %d images damaged and left out; %s names them",
              tree.name(), damaged.size(), files.size(), NextCommand.of("check", "CONFIG")));
      damaged.forEach(index -> notes.add("damaged: " + described(index)));
    }
    return notes.stream().map(Quote::printable).toList();
  }
}
