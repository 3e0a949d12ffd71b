package io.tandem.data;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bytes of data: a file or a resource, compressed with gzip or not (seen from its first bytes,
 * whatever its name).
 *
 * @param name what to call it in messages
 * @param kind what it should be, in messages, for example {@code CSV file}
 * @param opener opens the stored bytes from the beginning
 */
public record StoredBytes(String name, String kind, Opener opener) {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  /** Opens the stored bytes from the beginning. */
  @FunctionalInterface
  public interface Opener {
    /** A new stream, to be closed by the caller. */
    InputStream open() throws IOException;
  }

  /**
   * A file.
   *
   * @param path where it is
   * @param kind what it should be, in messages, for example {@code CSV file}
   * @throws DataException if there is none, or it is a directory, pipe or device
   */
  public static StoredBytes file(Path path, String kind) {
    requireFile(path, kind);
    requireRegular(path);
    return new StoredBytes(path.toString(), kind, () -> Files.newInputStream(path));
  }

  /**
   * A file, pipe or device that is read from its beginning to its end, once.
   *
   * @param path where it is
   * @param kind what it should be, in messages, for example {@code CSV file}
   * @throws DataException if there is none or it is a directory
   */
  public static StoredBytes stream(Path path, String kind) {
    requireFile(path, kind);
    // Java's channels, which other streams are made of, ask for a position that a pipe has not.
    return Files.isRegularFile(path)
        ? file(path, kind)
        : stream(path.toString(), kind, () -> new FileInputStream(path.toFile()));
  }

  /**
   * Bytes that can be read once.
   *
   * @param name what to call them in messages
   * @param kind what they should be, in messages
   * @param opener opens them; it is asked once, and nothing comes after them
   */
  public static StoredBytes stream(String name, String kind, Opener opener) {
    AtomicBoolean opened = new AtomicBoolean();
    return new StoredBytes(
        name, kind, () -> opened.getAndSet(true) ? InputStream.nullInputStream() : opener.open());
  }

  private static void requireFile(Path path, String kind) {
    if (Files.isDirectory(path)) {
      throw new DataException(
          path + ": is a directory, expected one " + kind + "; name the file in it");
    }
    if (!Files.exists(path)) {
      throw new DataException(path + ": no such file; check the name and the folder");
    }
  }

  /**
   * Refuses what cannot be read more than once.
   *
   * @param path where it is
   * @throws DataException if it is a pipe or device
   */
  public static void requireRegular(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new DataException(
          path + ": is a pipe or device, which cannot be read again; give a regular file");
    }
  }

  /**
   * The hash of a file as it is stored, as {@code sha256sum} prints it.
   *
   * @param file to be read to its end
   * @throws IOException if it cannot be read
   */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
      stream.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new digest, SHA-256, to read with. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** To read with where the hash is not needed, which takes longer than most of the rest. */
  public static MessageDigest unhashed() {
    return new Unhashed();
  }

  /**
   * The bytes, decompressed. The stored ones go through the digest as they are read.
   *
   * @throws DataException if they are of a known kind that is not read here; while they are read,
   *     if they inflate beyond reason
   */
  public InputStream open(MessageDigest digest) throws IOException {
    return open(digest, false);
  }

  /**
   * The same where the text may be in any encoding, UTF-16 too.
   *
   * @return a stream that can be marked
   */
  public InputStream openText(MessageDigest digest) throws IOException {
    return open(digest, true);
  }

  private InputStream open(MessageDigest digest, boolean anyEncoding) throws IOException {
    InputStream stored = new BufferedInputStream(opener.open(), BUFFER);
    try {
      stored.mark(2);
      boolean compressed = stored.read() == GZIP_FIRST && stored.read() == GZIP_SECOND;
      stored.reset();
      InputStream digested = new DigestInputStream(stored, digest);
      InputStream plain = compressed ? InflatedBytes.of(name, digested, BUFFER) : digested;
      InputStream marked = new BufferedInputStream(plain, BUFFER);
      refuseForeign(marked, anyEncoding);
      return marked;
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  private void refuseForeign(InputStream plain, boolean anyEncoding) throws IOException {
    plain.mark(ForeignFormat.LOOKED_AT);
    byte[] first = plain.readNBytes(ForeignFormat.LOOKED_AT);
    plain.reset();
    Optional<String> foreign = ForeignFormat.of(first);
    if (foreign.isPresent() && !(anyEncoding && ForeignFormat.isUtf16(first))) {
      throw new DataException(name + ": " + foreign.get() + ", expected one " + kind);
    }
  }

  /** The message for a failed read. */
  public DataException unreadable(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new DataException(name + ": no such file; check the name and the folder", cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new DataException(
          name + ": permission denied; allow this user to read the file", cause);
    }
    return new DataException(
        name
            + ": cannot be read ("
            + ReadFailure.reason(cause)
            + "), expected a complete "
            + kind
            + ", plain or compressed with gzip; create it again",
        cause);
  }

  /** Takes no time and has no hash. */
  private static final class Unhashed extends MessageDigest {
    Unhashed() {
      super("none");
    }

    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {}

    @Override
    protected byte[] engineDigest() {
      return new byte[0];
    }

    @Override
    protected void engineReset() {}
  }
}
