package io.tandem.cli;

import picocli.CommandLine.Option;

/** Choice between CSV for a spreadsheet, which runs text as a formula, and for a program. */
final class GuardOption {
  @Option(
      names = "--no-formula-guard",
      description =
          "Writes csv unchanged. Without this option, text that a spreadsheet would interpret as a"
              + " formula is prefixed with an apostrophe.")
  private boolean off;

  /** Reports whether formulas are to be defused. */
  boolean guards() {
    return !off;
  }
}
