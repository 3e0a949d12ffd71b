package io.tandem.run.compare;

import io.tandem.config.Experiment;
import io.tandem.disk.UserError;
import io.tandem.graph.session.Placement;
import io.tandem.run.task.CheckedData;
import io.tandem.run.task.ExperimentData;
import io.tandem.run.task.LeastBudget;
import io.tandem.search.plan.SearchSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The arms of a comparison, which differ in what they do and in nothing else: data, goal, budget
 * and threads are the same.
 *
 * @param arms the reference first
 */
public record ComparedArms(List<ArmExperiment> arms) {
  /** Copies the list. */
  public ComparedArms {
    arms = List.copyOf(arms);
  }

  /**
   * Refuses what would be an unfair comparison and can be seen without the data.
   *
   * @throws UserError for the first such thing
   */
  public void check() {
    for (ArmExperiment arm : arms) {
      for (String override : arm.arm().overrides()) {
        if (override.matches("(seed|name)\\s*=.*")) {
          throw error(arm, override + " is not allowed, it is the same for all; leave it out");
        }
      }
    }
    same("data.class_weights", "", each -> each.data().classWeights());
    // On which rows candidates are tried is what a search does.
    same("data", "source, format or division", each -> each.data().folded(0));
    same("space", "goal", Experiment::goal);
    // The first run of a process decides them for all others.
    same("runtime", "threads", experiment -> threads(experiment));
  }

  private static List<Integer> threads(Experiment experiment) {
    return List.of(experiment.runtime().intraThreads(), experiment.runtime().interThreads());
  }

  /**
   * Refuses unequal budgets and one that does not pay for a step of every search.
   *
   * @param data of the arms
   * @throws UserError for the first such thing
   */
  public void checkBudget(ExperimentData data) {
    same("search.budget", "examples", each -> search(each, data).budget().examples());
    same("search.budget", "seconds", each -> search(each, data).budget().seconds());
    same("retrain.examples", "", each -> data.with(each).experiment().retrain().allExamples());
    List<Experiment> all = arms.stream().map(ArmExperiment::experiment).toList();
    Optional<ArmExperiment> dearest =
        arms.stream()
            .filter(arm -> !LeastBudget.works(arm.experiment(), data))
            .max(Comparator.comparingLong(arm -> least(arm, data)));
    if (dearest.isPresent()) {
      ArmExperiment arm = dearest.get();
      throw LeastBudget.error(arm.experiment(), data, "arm " + arm.arm().name(), all);
    }
  }

  /**
   * Refuses arms that this machine has no device for.
   *
   * @throws UserError for the first of them
   */
  public void checkDevices() {
    for (ArmExperiment arm : arms) {
      try {
        Placement.require(arm.experiment().runtime());
      } catch (UserError mistake) {
        throw mistake.withLines(line -> "arm " + arm.arm().name() + ": " + line);
      }
    }
  }

  private static long least(ArmExperiment arm, ExperimentData data) {
    return LeastBudget.above(0, List.of(arm.experiment()), data).orElse(Long.MAX_VALUE);
  }

  /**
   * What the runs of an arm will spend, a line for people.
   *
   * @param arm one of these
   * @param data of the arms
   */
  public static String budget(ArmExperiment arm, ExperimentData data) {
    return "arm " + arm.arm().name() + ", " + CheckedData.budget(data.with(arm.experiment()));
  }

  private static SearchSettings search(Experiment experiment, ExperimentData data) {
    return data.with(experiment).experiment().search();
  }

  private void same(String path, String what, Function<Experiment, Object> value) {
    ArmExperiment reference = arms.get(0);
    Object expected = value.apply(reference.experiment());
    for (ArmExperiment arm : arms) {
      Object found = value.apply(arm.experiment());
      if (!found.equals(expected)) {
        String values = found instanceof Number ? " (" + found + ", not " + expected + ")" : "";
        throw error(
            arm,
            path
                + ": "
                + (what.isEmpty() ? "" : what + " ")
                + "other than those of arm "
                + reference.arm().name()
                + values
                + "; set it for all, with --set or in the configuration");
      }
    }
  }

  private static UserError error(ArmExperiment arm, String text) {
    return new UserError(UserError.Kind.USAGE, "arm " + arm.arm().name() + ": " + text);
  }
}
