package io.tandem.cli.stream;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream to print to that keeps the reason why it could not be written to. */
final class StandardOutput extends PrintStream {
  private final Remembering target;

  private StandardOutput(Remembering target) {
    super(target, true, StandardCharsets.UTF_8);
    this.target = target;
  }

  /**
   * Prints to a stream, in UTF-8.
   *
   * @param target a stream that says when it fails, as a {@link PrintStream} does not
   */
  static StandardOutput to(OutputStream target) {
    return new StandardOutput(new Remembering(target));
  }

  /** The system's reason why something could not be written; empty if nothing failed. */
  Optional<IOException> failure() {
    return Optional.ofNullable(target.failure);
  }

  private static final class Remembering extends FilterOutputStream {
    private @Nullable IOException failure;

    Remembering(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException refused) {
        failure = refused;
        throw refused;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException refused) {
        failure = refused;
        throw refused;
      }
    }
  }
}
