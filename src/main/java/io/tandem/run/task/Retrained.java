package io.tandem.run.task;

import io.tandem.export.Servable;
import io.tandem.retrain.RetrainedModel;
import java.util.List;
import java.util.function.Supplier;

/**
 * A candidate that was trained from scratch, with what can be done with it.
 *
 * @param model how the training went
 * @param numbers all numbers of the network, which tell it from others
 * @param test reads the test part
 * @param servable what of it is exported
 */
public record Retrained(
    RetrainedModel<?> model, List<float[]> numbers, Supplier<Tested> test, Servable servable) {
  /** Copies the list. */
  public Retrained {
    numbers = List.copyOf(numbers);
  }
}
