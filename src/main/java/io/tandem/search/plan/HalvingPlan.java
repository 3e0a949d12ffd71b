package io.tandem.search.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The rungs of successive halving, shortest first. The last one is there twice: the second time
 * with other initial weights and batches, so that luck decides less.
 *
 * @param lengths of the trainings of each rung
 * @param places candidates on each rung; on the first one as many as the budget pays for
 */
public record HalvingPlan(List<TrialLength> lengths, List<Integer> places) {
  // Enough to tell accuracies apart that differ by a few percentage points.
  private static final long LEAST_JUDGED = 1000;

  /** Copies the lists. */
  public HalvingPlan {
    lengths = List.copyOf(lengths);
    places = List.copyOf(places);
  }

  /**
   * The rungs of a search.
   *
   * @param all settings with no length left open
   * @param batch rows of a step
   * @param rows what is fed of the data
   * @param unrollSteps steps of a run of the inner loop
   */
  public static HalvingPlan of(HalvingSettings all, int batch, SearchRows rows, int unrollSteps) {
    HalvingSettings settings = all.filled();
    List<TrialLength> lengths = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int rung = 0; rung <= settings.rungs(); rung++) {
      double below = Math.pow(settings.reduction(), Math.max(0, settings.rungs() - 1 - rung));
      long examples = Math.max(1, (long) (settings.examples() / below));
      lengths.add(
          TrialLength.of(examples, Math.max(LEAST_JUDGED, examples), batch, rows, unrollSteps));
      places.add((int) Math.min(Integer.MAX_VALUE, settings.places(rung)));
    }
    return new HalvingPlan(lengths, places);
  }

  /** Rungs, the repeated one included. */
  public int size() {
    return lengths.size();
  }

  /**
   * The same with fewer candidates on the longer rungs, one at least.
   *
   * @param examples that each of these may cost
   */
  public HalvingPlan within(double examples) {
    List<Integer> fewer = new ArrayList<>(places);
    for (int rung = 1; rung < size(); rung++) {
      int most = (int) Math.min(Integer.MAX_VALUE, examples / lengths.get(rung).cost());
      fewer.set(rung, Math.max(1, Math.min(fewer.get(rung), most)));
    }
    return new HalvingPlan(lengths, fewer);
  }

  /** What a training costs, by the name of its rung, for example {@code rung 1}. */
  public long cost(String rung) {
    return lengths.get(Integer.parseInt(rung.replace("rung ", ""))).cost();
  }

  /** What the rungs after the first cost, in examples. */
  long promotions() {
    long sum = 0;
    for (int rung = 1; rung < size(); rung++) {
      sum += places.get(rung) * lengths.get(rung).cost();
    }
    return sum;
  }
}
