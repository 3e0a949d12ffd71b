package io.tandem.data.image;

import io.tandem.data.Quote;

/** A file that is no whole image. Its message says why, without the file's name. */
public final class DamagedImageException extends Exception {
  private static final long serialVersionUID = 1;

  /** Makes one with a reason, for example {@code the file is empty}. */
  public DamagedImageException(String reason) {
    super(Quote.printable(reason));
  }

  /** Makes one with a reason and what led to it. */
  public DamagedImageException(String reason, Throwable cause) {
    super(Quote.printable(reason), cause);
  }
}
