package io.tandem.data;

/**
 * Which rows or words a run learns from.
 *
 * @param source where they come from
 * @param split how one table is divided; unused where the source names each part
 * @param wrongLabels share of the training rows that get a wrong label, 0 to 1
 */
public record DataSettings(DataSource source, SplitSettings split, double wrongLabels) {
  /** With the labels as they are. */
  public DataSettings(DataSource source, SplitSettings split) {
    this(source, split, 0);
  }
}
