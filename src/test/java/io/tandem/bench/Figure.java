package io.tandem.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * A measured figure.
 *
 * @param workload what ran
 * @param figure what was measured
 * @param unit its unit
 * @param median middle value
 * @param spread distance between the quartiles
 * @param runs number of values
 */
record Figure(String workload, String figure, String unit, double median, double spread, int runs) {

  static Figure of(String workload, String figure, String unit, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Figure(
        workload,
        figure,
        unit,
        sorted[last / 2],
        sorted[last * 3 / 4] - sorted[last / 4],
        sorted.length);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"workload\":\"%s\",\"figure\":\"%s\",\"unit\":\"%s\","
            + "\"median\":%.4f,\"spread\":%.4f,\"runs\":%d}",
        workload,
        figure,
        unit,
        median,
        spread,
        runs);
  }
}
