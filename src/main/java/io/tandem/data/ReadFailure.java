package io.tandem.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Why something could not be read, in words of a user. */
public final class ReadFailure {
  private ReadFailure() {}

  /**
   * The reason, for a place in parentheses.
   *
   * @param failure what the system or a library said
   */
  public static String reason(IOException failure) {
    if (failure instanceof EOFException) {
      return "it ends early";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemLoopException) {
      return "its links go in a circle";
    }
    String text =
        failure instanceof FileSystemException detailed
            ? detailed.getReason()
            : failure.getMessage();
    return text == null ? "the system gave no reason" : text.replaceAll("\\s+", " ");
  }
}
