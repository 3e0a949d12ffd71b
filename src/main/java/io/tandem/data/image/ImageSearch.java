package io.tandem.data.image;

import io.tandem.data.Classes;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the images in a tree by the names in it, and says what is laid out otherwise. {@link
 * ImageLayout} describes what is expected.
 */
final class ImageSearch {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final List<String> VALIDATION = List.of("validation", "valid", "val");
  private static final Set<String> PARTS = Set.of(TRAIN, TEST, "validation", "valid", "val");

  private final FileTree tree;
  private final String prefix;
  private final boolean divided;
  private final List<FileTree.Entry> entries = new ArrayList<>();

  ImageSearch(FileTree tree) {
    this.tree = tree;
    List<FileTree.Entry> all = tree.entries();
    prefix = prefix(all);
    for (FileTree.Entry entry : all) {
      if (entry.path().startsWith(prefix) && entry.path().length() > prefix.length()) {
        entries.add(new FileTree.Entry(entry.path().substring(prefix.length()), entry.folder()));
      }
    }
    divided =
        entries.stream()
            .anyMatch(entry -> depth(entry.path()) == 3 && PARTS.contains(part(entry.path())));
  }

  /** The folder around it all, as often as there is one. */
  private static String prefix(List<FileTree.Entry> entries) {
    String prefix = "";
    while (true) {
      Set<String> tops = new HashSet<>();
      int deepest = 0;
      for (FileTree.Entry entry : entries) {
        if (entry.path().startsWith(prefix) && entry.path().length() > prefix.length()) {
          String path = entry.path().substring(prefix.length());
          tops.add(part(path));
          deepest = Math.max(deepest, depth(path));
        }
      }
      if (tops.size() != 1 || deepest < 3 || PARTS.contains(tops.iterator().next())) {
        return prefix;
      }
      prefix += tops.iterator().next() + "/";
    }
  }

  /**
   * What was found.
   *
   * @throws DataException if something is laid out otherwise, or a class folder is empty
   */
  ImageLayout layout() {
    entries.forEach(this::check);
    if (divided) {
      checkParts();
    }
    int classDepth = divided ? 2 : 1;
    Set<String> names = new TreeSet<>(FileTree.ORDER);
    Map<String, Integer> counts = new TreeMap<>(FileTree.ORDER);
    for (FileTree.Entry entry : entries) {
      String path = entry.path();
      if (entry.folder() && depth(path) == classDepth) {
        counts.merge(path, 0, Integer::sum);
        if (!divided || part(path).equals(TRAIN)) {
          names.add(name(path));
        }
      } else if (!entry.folder() && depth(path) == classDepth + 1) {
        counts.merge(path.substring(0, path.lastIndexOf('/')), 1, Integer::sum);
      }
    }
    List<String> classes = Classes.sorted(names);
    checkClasses(classes, counts);
    return collect(classes);
  }

  private ImageLayout collect(List<String> classes) {
    Map<String, Integer> labels = new HashMap<>();
    classes.forEach(name -> labels.put(name, labels.size()));
    List<ImageLayout.ImageFile> train = new ArrayList<>();
    List<ImageLayout.ImageFile> validation = new ArrayList<>();
    List<ImageLayout.ImageFile> test = new ArrayList<>();
    for (FileTree.Entry entry : entries) {
      String path = entry.path();
      if (!entry.folder() && depth(path) == (divided ? 3 : 2)) {
        String folder = path.substring(0, path.lastIndexOf('/'));
        ImageLayout.ImageFile file =
            new ImageLayout.ImageFile(prefix + path, path, labels.getOrDefault(name(folder), 0));
        String part = divided ? part(path) : TRAIN;
        (part.equals(TRAIN) ? train : part.equals(TEST) ? test : validation).add(file);
      }
    }
    train.sort(ImageLayout.order());
    validation.sort(ImageLayout.order());
    test.sort(ImageLayout.order());
    return new ImageLayout(classes, divided, train, validation, test);
  }

  private void check(FileTree.Entry entry) {
    String path = entry.path();
    int depth = depth(path);
    int fileDepth = divided ? 3 : 2;
    String layout = divided ? "part/class/image" : "class/image";
    if (depth > fileDepth || (depth == fileDepth && entry.folder())) {
      throw new DataException(
          Quote.format(
              "%s: lies %d folders deep, expected %s; move or remove it",
              place(path), depth - 1, layout));
    }
    if (!entry.folder() && depth < fileDepth && isImage(path)) {
      throw new DataException(
          Quote.format(
              "%s: lies outside the class folders, expected %s; move it into its class",
              place(path), layout));
    }
    if (!entry.folder() && depth == fileDepth && !isImage(path)) {
      throw new DataException(
          place(path) + ": is not an image, expected only .jpg, .jpeg and .png here; remove it");
    }
    if (divided && depth == 1 && entry.folder() && !PARTS.contains(path)) {
      throw new DataException(
          place(path)
              + ": is not a part of the data, expected train, test and perhaps validation;"
              + " rename or remove it");
    }
  }

  private void checkParts() {
    Set<String> found = new TreeSet<>(FileTree.ORDER);
    entries.stream().filter(FileTree.Entry::folder).forEach(entry -> found.add(part(entry.path())));
    if (!found.contains(TRAIN) || !found.contains(TEST)) {
      throw new DataException(
          Quote.format(
              "%s: the parts %s, expected train, test and perhaps validation; rename them, or give"
                  + " one folder of classes to be divided",
              root(), found));
    }
    List<String> validations = VALIDATION.stream().filter(found::contains).toList();
    if (validations.size() > 1) {
      throw new DataException(
          Quote.format(
              "%s: the parts %s, expected one for validation; merge them", root(), validations));
    }
  }

  private void checkClasses(List<String> classes, Map<String, Integer> counts) {
    if (classes.size() < 2) {
      throw new DataException(
          Quote.format(
              "%s: %s, expected at least two folders, one for each class, with .jpg or .png files"
                  + " in them; name the folder that holds them",
              root(), classes.isEmpty() ? "no class folders" : "one class, " + classes.get(0)));
    }
    counts.forEach(
        (folder, count) -> {
          if (!classes.contains(name(folder))) {
            throw new DataException(
                Quote.format(
                    "%s: class %s does not occur in train, expected one of the %d classes there;"
                        + " did you mean %s?",
                    place(folder),
                    Quote.quoted(name(folder)),
                    classes.size(),
                    Quote.quoted(NearestName.of(name(folder), classes))));
          }
          if (count == 0) {
            throw new DataException(
                place(folder)
                    + ": a class folder without images, expected at least one .jpg or .png; fill"
                    + " or remove it");
          }
        });
  }

  private String root() {
    return prefix.isEmpty() ? tree.name() : tree.place(prefix.substring(0, prefix.length() - 1));
  }

  private String place(String path) {
    return tree.place(prefix + path);
  }

  private static int depth(String path) {
    return 1 + (int) path.chars().filter(symbol -> symbol == '/').count();
  }

  private static String part(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  /** A class is the same however its letters are composed: a Mac's folders take accents apart. */
  static String name(String path) {
    return Normalizer.normalize(path.substring(path.lastIndexOf('/') + 1), Normalizer.Form.NFC);
  }

  /** Whether a file's name is that of an image. */
  static boolean isImage(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }
}
