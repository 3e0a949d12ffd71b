package io.tandem.report.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lines whose checksum is right whatever they say. */
public final class Sealed {
  private Sealed() {}

  /** The line of an object, with its line end. */
  public static String line(ObjectNode object) {
    return CheckedLine.encode(object) + "\n";
  }
}
