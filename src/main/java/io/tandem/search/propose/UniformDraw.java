package io.tandem.search.propose;

import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Choices that are drawn uniformly, continuous ones on the scale of their hyperparameter. */
public final class UniformDraw {
  private UniformDraw() {}

  /**
   * Draws every decision of a space.
   *
   * @param space what is chosen
   * @param random source of the draws
   */
  public static Choices of(SearchSpace space, SplittableRandom random) {
    List<Integer> discrete = new ArrayList<>();
    List<Double> continuous = new ArrayList<>();
    for (Decision decision : space.decisions()) {
      if (decision instanceof Decision.Categorical categorical) {
        discrete.add(random.nextInt(categorical.options()));
      } else if (decision instanceof Decision.Continuous) {
        continuous.add(random.nextDouble());
      } else {
        for (int bit = 0; bit < decision.width(); bit++) {
          discrete.add(random.nextInt(2));
        }
      }
    }
    return new Choices(discrete, continuous);
  }
}
