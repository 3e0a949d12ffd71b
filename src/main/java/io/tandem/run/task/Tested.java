package io.tandem.run.task;

import io.tandem.graph.training.Score;
import io.tandem.metric.ModelMetrics;
import java.util.Optional;

/**
 * How a network does on the test part.
 *
 * @param score as on the other parts
 * @param metrics all figures with their intervals; empty of language models
 */
public record Tested(Score score, Optional<ModelMetrics> metrics) {}
