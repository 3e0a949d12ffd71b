package io.tandem.data.image;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.ReadFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files in a {@code .tar}, plain or compressed with gzip, read without unpacking. Each reading goes
 * through the whole archive.
 *
 * @param file the archive
 */
record ArchiveTree(Path file) implements FileTree {
  private static final int MOST_ENTRIES = 1_000_000;
  // An absolute path, a drive of Windows, or a step up.
  private static final Pattern OUTSIDE =
      Pattern.compile("^/|^[A-Za-z]:|(^|[/\\\\])\\.\\.([/\\\\]|$)");

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public String place(String path) {
    return file + "!" + path;
  }

  /** Takes the entries of an archive, one after the other. */
  @FunctionalInterface
  private interface Visitor {
    void visit(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException;
  }

  @Override
  public List<Entry> entries() {
    // A folder need not have an entry of its own.
    Map<String, Boolean> folders = new TreeMap<>(ORDER);
    visit((entry, tar) -> add(entry, folders));
    if (folders.isEmpty()) {
      throw new DataException(file + ": holds no files, expected an archive of images; fill it");
    }
    return folders.entrySet().stream()
        .map(found -> new Entry(found.getKey(), found.getValue()))
        .toList();
  }

  private void add(TarArchiveEntry entry, Map<String, Boolean> folders) {
    String path = path(entry);
    if (path.isEmpty()) {
      return;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      checkKind(folders.put(path.substring(0, slash), true), true, path);
    }
    Boolean former = folders.put(path, entry.isDirectory());
    checkKind(former, entry.isDirectory(), path);
    if (former != null && !entry.isDirectory()) {
      throw new DataException(
          place(path) + ": occurs twice, expected once; create the archive again");
    }
    if (folders.size() > MOST_ENTRIES) {
      throw tooMany();
    }
  }

  private DataException tooMany() {
    return new DataException(
        Quote.format(
            "%s: more than %d files and folders, expected fewer; divide it, or unpack it and name the"
                + " folder",
            file, MOST_ENTRIES));
  }

  private void checkKind(@Nullable Boolean former, boolean folder, String path) {
    if (former != null && former != folder) {
      throw new DataException(
          place(path)
              + ": a file and a folder have one name, expected two; create the archive again");
    }
  }

  @Override
  public void read(Set<String> wanted, Sink sink) {
    Map<String, Integer> seen = new HashMap<>();
    visit(
        (entry, tar) -> {
          String path = path(entry);
          if (entry.isDirectory() || !wanted.contains(path)) {
            return;
          }
          if (entry.getSize() > LARGEST_FILE) {
            throw FileTree.tooLarge(place(path), entry.getSize());
          }
          seen.merge(path, 1, Integer::sum);
          sink.accept(path, tar.readNBytes((int) entry.getSize()));
        });
    if (seen.size() < wanted.size()) {
      throw new DataException(file + ": has changed while it was read; begin again");
    }
  }

  private void visit(Visitor visitor) {
    try (TarInput input = TarInput.open(file)) {
      visit(visitor, input);
    } catch (IOException failure) {
      throw FileTree.unreadable(file.toString(), failure);
    }
  }

  private void visit(Visitor visitor, TarInput input) {
    // Closed with its input.
    try {
      TarArchiveInputStream tar = new TarArchiveInputStream(input, StandardCharsets.UTF_8.name());
      int count = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        // Hidden ones and those that say the same count, too.
        if (++count > MOST_ENTRIES) {
          throw tooMany();
        }
        if (!entry.isCheckSumOK()) {
          throw new IOException("a header with a wrong checksum");
        }
        visitor.visit(entry, tar);
      }
      input.requireEnd();
    } catch (IOException | IllegalArgumentException failure) {
      throw new DataException(
          Quote.format(
              "%s:%d: cannot be read (%s), expected a complete archive made by tar, plain or"
                  + " compressed with gzip; download it again",
              file, input.position(), reason(failure)),
          failure);
    }
  }

  private static String reason(Exception failure) {
    return failure instanceof IOException read
        ? ReadFailure.reason(read)
        : String.valueOf(failure.getMessage());
  }

  /** The checked path of an entry; empty for the root and for what is hidden. */
  private String path(TarArchiveEntry entry) {
    String name = entry.getName();
    List<String> segments = new ArrayList<>(Arrays.asList(name.split("/")));
    segments.removeIf(segment -> segment.isEmpty() || segment.equals("."));
    if (OUTSIDE.matcher(name).find()) {
      throw new DataException(
          place(name)
              + ": the path leads outside the archive, expected a relative one without ..; do not"
              + " trust this archive");
    }
    if (!entry.isDirectory() && isSpecial(entry)) {
      throw new DataException(
          place(name)
              + ": is a link or device, expected files and folders; create the archive again with"
              + " tar --dereference --hard-dereference");
    }
    if (entry.isSparse()) {
      throw new DataException(
          place(name) + ": is a sparse file, expected whole ones; create the archive again");
    }
    return segments.stream().anyMatch(FileTree::isHidden) ? "" : String.join("/", segments);
  }

  private static boolean isSpecial(TarArchiveEntry entry) {
    return entry.isLink()
        || entry.isSymbolicLink()
        || entry.isCharacterDevice()
        || entry.isBlockDevice()
        || entry.isFIFO()
        || !entry.isFile();
  }
}
