package io.tandem.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Data that cannot be used. Its message is one line for each mistake: the place ({@code
 * file:line:column}, where the column is the number of the cell in its row, counted from 1), what
 * was found, what is allowed and what to do.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an error.
   *
   * @param message place, found, allowed, remedy; control characters in it are escaped, so that it
   *     stays on one line whatever the data held
   */
  public DataException(String message) {
    super(Quote.printable(message));
  }

  /**
   * Makes an error that another one led to.
   *
   * @param message as for the other constructor
   * @param cause what led to it
   */
  public DataException(String message, Throwable cause) {
    super(Quote.printable(message), cause);
  }

  /**
   * Makes an error of several mistakes.
   *
   * @param messages each as for the other constructors
   */
  public DataException(List<String> messages) {
    super(joined(messages));
  }

  /**
   * Makes an error of several mistakes that another one led to.
   *
   * @param messages each as for the other constructors
   * @param cause what led to it
   */
  public DataException(List<String> messages, Throwable cause) {
    super(joined(messages), cause);
  }

  private static String joined(List<String> messages) {
    return messages.stream().map(Quote::printable).collect(Collectors.joining("\n"));
  }

  /** The message of each mistake. */
  public List<String> lines() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
