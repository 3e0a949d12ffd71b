package io.tandem.data;

/**
 * Which rows or words a run learns from.
 *
 * @param source where they come from
 * @param split how one table is divided; unused where the source names each part
 */
public record DataSettings(DataSource source, SplitSettings split) {}
