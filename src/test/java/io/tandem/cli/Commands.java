package io.tandem.cli;

/** Runs several commands in one process, as the program runs one. */
final class Commands {
  private Commands() {}

  /**
   * Runs them.
   *
   * @param lines one for each command, its arguments apart by spaces
   */
  public static void main(String[] lines) {
    Main.prepare();
    for (String line : lines) {
      System.out.println("== " + line + ": " + Main.run(line.split(" ")));
    }
  }
}
