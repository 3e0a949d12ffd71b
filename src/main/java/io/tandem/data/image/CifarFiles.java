package io.tandem.data.image;

import io.tandem.data.Block;
import io.tandem.data.CifarLabels;
import io.tandem.data.DataException;
import io.tandem.data.DataSource;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Loads CIFAR-10 or CIFAR-100 from the official binary files, in a folder or their archive. */
public final class CifarFiles {
  private final FileTree tree;
  private final DataSource.Cifar source;
  // From the name of a file to its path in the tree.
  private final Map<String, String> paths = new HashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private final MessageDigest digest = StoredBytes.sha256();

  private CifarFiles(DataSource.Cifar source) {
    this.source = source;
    tree = FileTree.of(source.path());
  }

  /**
   * Reads the files. The validation part is the end of the training images.
   *
   * @param source names them
   * @throws DataException if one cannot be used
   */
  public static ImageSplit load(DataSource.Cifar source) {
    return new CifarFiles(source).load();
  }

  private ImageSplit load() {
    CifarFormat format = find();
    int chosen = source.labels() == CifarLabels.COARSE ? 0 : format.labels().size() - 1;
    if (source.labels() == CifarLabels.COARSE && format.labels().size() == 1) {
      throw new DataException(
          tree.name()
              + ": CIFAR-10, which has no coarse labels; use --set data.cifar_format.labels=FINE");
    }
    CifarReader reader = new CifarReader(format, chosen);
    CifarReader.Images all = training(reader);
    CifarReader.Images test =
        reader.read(place(format.test()), take(format.test()), 0, Integer.MAX_VALUE);
    List<String> classes = classes(format.labels().get(chosen));
    int train = all.labels().length - source.validation();
    if (train < 1) {
      throw new DataException(
          Quote.format(
              "%s: %d training images, expected more than data.cifar_format.validation = %d; lower"
                  + " it or raise data.cifar_format.limit",
              tree.name(), all.labels().length, source.validation()));
    }
    ImageDataset images = new ImageDataset(all.pixels(), CifarFormat.SHAPE, all.labels(), classes);
    return new ImageSplit(
        images.range(0, train),
        images.range(train, images.rows()),
        new ImageDataset(test.pixels(), CifarFormat.SHAPE, test.labels(), classes),
        1,
        HexFormat.of().formatHex(digest.digest()),
        List.of());
  }

  /** Tells the format by the names of the files and reads them. */
  private CifarFormat find() {
    for (FileTree.Entry entry : tree.entries()) {
      String name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
      if (!entry.folder()) {
        String former = paths.put(name, entry.path());
        if (former != null && isWanted(name)) {
          throw new DataException(
              Quote.format(
                  "%s: %s occurs here too, expected it once; name the folder with one set",
                  tree.place(entry.path()), tree.place(former)));
        }
      }
    }
    CifarFormat format =
        paths.containsKey(CifarFormat.CIFAR_100.train().get(0))
            ? CifarFormat.CIFAR_100
            : CifarFormat.CIFAR_10;
    Set<String> wanted = new HashSet<>();
    for (String name : binaries(format)) {
      if (!paths.containsKey(name)) {
        throw new DataException(
            Quote.format(
                "%s: no file %s, expected %s, or train.bin and test.bin; name the folder or archive"
                    + " of the binary version",
                tree.name(), name, String.join(", ", binaries(CifarFormat.CIFAR_10))));
      }
      wanted.add(path(name));
    }
    format.labels().stream()
        .map(CifarFormat.Labels::file)
        .filter(paths::containsKey)
        .forEach(name -> wanted.add(path(name)));
    tree.read(wanted, contents::put);
    return format;
  }

  private static boolean isWanted(String name) {
    return name.endsWith(".bin");
  }

  private static List<String> binaries(CifarFormat format) {
    List<String> names = new ArrayList<>(format.train());
    names.add(format.test());
    return names;
  }

  private String path(String name) {
    return Objects.requireNonNull(paths.get(name));
  }

  private String place(String name) {
    return tree.place(path(name));
  }

  /** The bytes of a file, which go into the hash and are then forgotten. */
  private byte[] take(String name) {
    byte[] bytes = Objects.requireNonNull(contents.remove(path(name)));
    digest.update(bytes);
    return bytes;
  }

  private CifarReader.Images training(CifarReader reader) {
    Block block = source.block();
    int before = block.offset();
    int left = block.limit() == 0 ? Integer.MAX_VALUE : block.limit();
    int count = 0;
    CifarReader.Images all = new CifarReader.Images(new byte[0], new int[0]);
    int length = -1;
    String first = "";
    for (String name : reader.format().train()) {
      byte[] bytes = take(name);
      CifarReader.Images images = reader.read(place(name), bytes, before, left);
      if (length >= 0 && bytes.length != length) {
        throw new DataException(
            Quote.format(
                "%s:%d: the file ends, expected %d bytes as in %s; download it again",
                place(name), bytes.length, length, first));
      }
      length = bytes.length;
      first = place(name);
      int here = bytes.length / reader.format().record();
      count += here;
      before = Math.max(0, before - here);
      left -= images.labels().length;
      all = CifarReader.concat(all, images);
    }
    block.size(count, tree.name(), "training images", "data.cifar_format");
    return all;
  }

  private List<String> classes(CifarFormat.Labels labels) {
    if (!paths.containsKey(labels.file())) {
      return IntStream.range(0, labels.classes()).mapToObj(Integer::toString).toList();
    }
    List<String> names =
        new String(take(labels.file()), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (names.size() != labels.classes()) {
      throw new DataException(
          Quote.format(
              "%s: %d class names, expected %d, as many as the binary format has; download the file"
                  + " again or remove it",
              place(labels.file()), names.size(), labels.classes()));
    }
    for (String name : names) {
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new DataException(
            Quote.format(
                "%s: the class name %s occurs twice, expected different names; download the file"
                    + " again or remove it",
                place(labels.file()), Quote.quoted(name)));
      }
    }
    return names;
  }
}
