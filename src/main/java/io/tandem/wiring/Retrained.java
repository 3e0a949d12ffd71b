package io.tandem.wiring;

import io.tandem.export.ModelCard;
import io.tandem.graph.training.Score;
import io.tandem.retrain.RetrainedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A candidate that was trained from scratch, with what can be done with it.
 *
 * @param model how the training went
 * @param numbers all numbers of the network, which tell it from others
 * @param test reads the test part
 * @param publisher exports it
 */
public record Retrained(
    RetrainedModel<?> model, List<float[]> numbers, Supplier<Score> test, Publisher publisher) {
  /** Copies the list. */
  public Retrained {
    numbers = List.copyOf(numbers);
  }

  /** Exports a network. */
  @FunctionalInterface
  public interface Publisher {
    /**
     * Exports a version.
     *
     * @param base directory that holds the versions
     * @param version its number, at least 1
     * @param card what people should know
     * @return the version's directory
     * @throws io.tandem.report.UserError if the disk refuses or the model does not answer as it did
     */
    Path publish(Path base, long version, ModelCard card);
  }
}
