package io.tandem.search;

import java.util.function.BooleanSupplier;

/**
 * Leaves a long piece of work when the run is to stop. Nothing of the piece counts: a resume does
 * all of it again, with the same bits.
 */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private StoppedException() {
    super("interrupted");
  }

  /** Leaves if the run is to stop. */
  static void throwIf(BooleanSupplier interrupted) {
    if (interrupted.getAsBoolean()) {
      throw new StoppedException();
    }
  }
}
