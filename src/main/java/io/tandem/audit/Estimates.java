package io.tandem.audit;

import io.tandem.graph.tuning.TuningOutcome;
import java.util.List;

/**
 * What one estimator gave on every sample.
 *
 * @param estimator its name
 * @param outcomes one for each sample
 * @param milliseconds of one evaluation, median over samples
 * @param memoryMib largest memory beyond that at the beginning
 */
record Estimates(
    String estimator, List<TuningOutcome> outcomes, double milliseconds, double memoryMib) {}
