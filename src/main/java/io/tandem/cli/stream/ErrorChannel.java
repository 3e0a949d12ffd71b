package io.tandem.cli.stream;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/**
 * Where the program's own messages go when the launcher filters what native code writes to the
 * standard error: to another open descriptor of the same terminal or file. Through the filter they
 * would come by whole lines and late, and a bar is no line.
 */
final class ErrorChannel {
  private static final String DESCRIPTOR = "tandem.stderr";

  private ErrorChannel() {}

  /**
   * Opens it if the launcher names a descriptor. Java can open none by number, so the launcher also
   * opens {@code java.io} to reflection; where that fails the messages go through the filter.
   */
  static void open() {
    int number = Integer.getInteger(DESCRIPTOR, -1);
    if (number < 0) {
      return;
    }
    try {
      Constructor<FileDescriptor> byNumber = FileDescriptor.class.getDeclaredConstructor(int.class);
      byNumber.setAccessible(true);
      FileOutputStream stream = new FileOutputStream(byNumber.newInstance(number));
      System.setErr(new PrintStream(stream, true, StandardCharsets.UTF_8));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      System.err.flush();
    }
  }
}
