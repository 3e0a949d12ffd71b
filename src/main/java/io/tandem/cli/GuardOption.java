package io.tandem.cli;

import picocli.CommandLine.Option;

/** Choice between CSV for a spreadsheet, which runs text as a formula, and for a program. */
final class GuardOption {
  @Option(
      names = "--no-formula-guard",
      description =
          "Leave csv as it is. Without this, text that a spreadsheet would take for a formula gets"
              + " an apostrophe in front.")
  private boolean off;

  /** Reports whether formulas are to be defused. */
  boolean guards() {
    return !off;
  }
}
