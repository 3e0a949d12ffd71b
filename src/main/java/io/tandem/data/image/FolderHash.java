package io.tandem.data.image;

import io.tandem.data.StoredBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash of the images of a folder or archive: that of the lines which {@code sha256sum} prints
 * of the files, in the order of their names.
 */
final class FolderHash {
  private final Map<String, String> hashes = new TreeMap<>(FileTree.ORDER);

  /**
   * Takes a file.
   *
   * @param path its name below the folders of classes or parts
   * @param sha256 of its bytes, hexadecimal
   */
  void add(String path, String sha256) {
    hashes.put(path, sha256);
  }

  /** The hash of a file. */
  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(StoredBytes.sha256().digest(bytes));
  }

  /** The hash of all of them, hexadecimal. */
  String sha256() {
    MessageDigest digest = StoredBytes.sha256();
    hashes.forEach(
        (path, hash) ->
            digest.update((hash + "  " + path + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }
}
