package io.tandem.export;

/**
 * A file beside the graph of a version, in {@code assets.extra/}, which a server does not read.
 *
 * @param name its name
 * @param text what it holds
 */
public record ExtraFile(String name, String text) {
  static final String FOLDER = "assets.extra";
}
