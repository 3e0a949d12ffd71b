package io.tandem.search.plan;

import io.tandem.disk.UserError;
import io.tandem.graph.joint.ResponseThrough;

/**
 * What a search costs, in training examples; known before anything is built.
 *
 * @param shared training of the shared weights in an outer step
 * @param lesson what an outer step tries out for the controller
 * @param trial one training from scratch, its validation included
 * @param score one scoring with the shared weights
 * @param scored candidates that are scored at the end
 * @param ranked candidates that are trained from scratch at the end
 * @param promotions further trainings of the best candidates by successive halving
 */
public record SearchCosts(
    long shared, long lesson, long trial, long score, int scored, int ranked, long promotions) {
  /** Time of a reading forward against that of a training step. */
  public static final double FORWARD = 0.35;

  // Enough to tell accuracies apart that differ by a percentage point.
  private static final long LEAST_JUDGED = 5000;

  /**
   * The costs of a strategy.
   *
   * @param settings with no length left open
   * @param rows what is fed of the data
   * @param unrollSteps inner steps per run of the child, at least 1
   * @param innerLoop whether a sample of the controller costs an inner loop
   * @throws IllegalArgumentException if nothing is searched
   */
  public static SearchCosts of(
      SearchSettings settings, SearchRows rows, int unrollSteps, boolean innerLoop) {
    DeriveSettings derive = settings.derive();
    long trial = length(derive, rows, unrollSteps).cost();
    return switch (settings.strategy()) {
      case JOINT -> {
        HalvingPlan plan = halving(settings, rows, unrollSteps);
        yield new SearchCosts(
            shared(settings, rows, unrollSteps),
            lesson(settings, unrollSteps, innerLoop) * rows.each(),
            plan.lengths().get(0).cost(),
            derive.scoreExamples(),
            scored(settings.halving().candidates()),
            Math.toIntExact(settings.halving().candidates()),
            plan.promotions());
      }
      case ENAS ->
          new SearchCosts(
              shared(settings, rows, unrollSteps),
              lesson(settings, unrollSteps, innerLoop) * rows.each(),
              trial,
              derive.scoreExamples(),
              derive.samples(),
              derive.keep(),
              0);
      case NAS -> new SearchCosts(0, settings.samples() * trial, trial, 0, 0, 0, 0);
      case RANDOM -> new SearchCosts(0, trial, trial, 0, 0, 0, 0);
      case RANDOM_HALVING, EVOLUTION, JOINT_HALVING -> {
        HalvingPlan plan = halving(settings, rows, unrollSteps);
        long first = plan.lengths().get(0).cost();
        yield new SearchCosts(0, first, first, 0, 0, 0, plan.promotions());
      }
      case ENAS_TUNED_ONCE, ENAS_THEN_HYPERPARAMETERS ->
          throw new IllegalArgumentException("these are two searches, each with its own costs");
      case GIVEN -> throw new IllegalArgumentException("nothing is searched with GIVEN");
    };
  }

  /** Training of the shared weights in an outer step. */
  private static long shared(SearchSettings settings, SearchRows rows, int unrollSteps) {
    return (long) settings.sharedSteps() * unrollSteps * settings.batch() * rows.each();
  }

  /**
   * What the scores of strategy {@code joint} cost.
   *
   * @param halving with the number of candidates
   * @param score one of them
   */
  public static long scores(HalvingSettings halving, long score) {
    return scored(halving.candidates()) * score;
  }

  /** Of fewer candidates a rank correlation says nothing. */
  private static int scored(long candidates) {
    return candidates < HalvingSettings.BEFORE_LEARNING ? 0 : HalvingSettings.BEFORE_LEARNING;
  }

  /** A training from scratch. */
  public static TrialLength length(DeriveSettings derive, SearchRows rows, int unrollSteps) {
    return TrialLength.of(
        derive.examples(),
        Math.max(LEAST_JUDGED, derive.examples()),
        derive.batch(),
        rows,
        unrollSteps);
  }

  /** The rungs of successive halving. */
  public static HalvingPlan halving(SearchSettings settings, SearchRows rows, int unrollSteps) {
    return HalvingPlan.of(settings.halving(), settings.derive().batch(), rows, unrollSteps);
  }

  /**
   * Rows of the samples of a step. With the joint response a step's batch is seen on the way and
   * again on the way back, as are the validation rows.
   */
  private static long lesson(SearchSettings settings, int unrollSteps, boolean innerLoop) {
    long inner = (long) unrollSteps * settings.batch();
    long validation = settings.validationBatch();
    if (settings.joint().responseThrough() == ResponseThrough.SHARED) {
      return 2L * settings.samples() * (inner + validation);
    }
    return settings.samples() * (innerLoop ? inner + 2 * validation : validation);
  }

  /** One outer step. */
  public long step() {
    return shared + lesson;
  }

  /** The derivation. */
  public long derivation() {
    return scored * score + ranked * trial + promotions;
  }

  /**
   * Outer steps that a budget pays for, the derivation paid as well.
   *
   * @throws UserError if there is none
   */
  public long steps(Budget budget) {
    if (!fit(budget)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "search.budget.examples: "
              + budget.examples()
              + " is too small for a step and the derivation; raise it or lower "
              + settings());
    }
    return Math.floorDiv(budget.examples() - derivation(), step());
  }

  /** Whether a budget pays for a step and the derivation. */
  public boolean fit(Budget budget) {
    return budget.examples() - derivation() >= step();
  }

  /** The settings that decide what the derivation costs, in words. */
  public String settings() {
    if (ranked > 0) {
      return "search.derive.keep, search.derive.samples or search.derive.examples";
    }
    return promotions > 0
        ? "search.halving.keep, search.halving.rungs or search.halving.examples"
        : "search.derive.examples";
  }
}
