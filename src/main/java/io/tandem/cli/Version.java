package io.tandem.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "tandem " + Objects.requireNonNullElse(version, "(built from source)"),
      "Java " + Runtime.version()
    };
  }
}
