package io.tandem.space;

/**
 * What disturbs or helps the training of a network of cells and is not there when it predicts.
 *
 * @param dropout rate of the dropout before the linear layer, in [0, 1)
 * @param dropPath rate at which operations of the last cell are left out at the end of the
 *     training; it grows linearly with depth and time, in [0, 1)
 * @param auxiliaryWeight weight of the loss of an auxiliary head, at least 0; 0 is none
 */
public record CellRegularisation(double dropout, double dropPath, double auxiliaryWeight) {
  /** Checks the ranges. */
  public CellRegularisation {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout " + dropout + " is not in [0, 1)");
    }
    if (!(dropPath >= 0 && dropPath < 1)) {
      throw new IllegalArgumentException("drop-path " + dropPath + " is not in [0, 1)");
    }
    if (!(auxiliaryWeight >= 0 && Double.isFinite(auxiliaryWeight))) {
      throw new IllegalArgumentException("an auxiliary head cannot weigh " + auxiliaryWeight);
    }
  }

  /** Dropout alone. */
  public static CellRegularisation dropout(double rate) {
    return new CellRegularisation(rate, 0, 0);
  }

  /** Whether there is an auxiliary head. */
  public boolean hasAuxiliary() {
    return auxiliaryWeight > 0;
  }

  /** The same without auxiliary head. */
  public CellRegularisation withoutAuxiliary() {
    return new CellRegularisation(dropout, dropPath, 0);
  }
}
