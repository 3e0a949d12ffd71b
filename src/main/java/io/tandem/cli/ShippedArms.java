package io.tandem.cli;

import io.tandem.compare.Arm;
import io.tandem.config.ArmsFile;
import java.util.Iterator;

/** The names of the arms that come with the program, for the help. */
final class ShippedArms implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return ArmsFile.shipped().stream().map(Arm::name).iterator();
  }
}
