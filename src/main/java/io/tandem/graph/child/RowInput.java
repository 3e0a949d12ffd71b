package io.tandem.graph.child;

import io.tandem.data.Dataset;
import io.tandem.space.PerceptronArchitecture;

/** The columns of rows as perceptrons read them. */
public final class RowInput {
  private RowInput() {}

  /** The numbers and codes of some rows. */
  public static PerceptronArchitecture.Input of(Dataset rows) {
    return new PerceptronArchitecture.Input(
        rows.columns() - rows.vocabularies().size(), rows.vocabularies());
  }
}
