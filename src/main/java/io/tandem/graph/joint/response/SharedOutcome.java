package io.tandem.graph.joint.response;

import java.util.List;

/**
 * What the shared response showed.
 *
 * @param judges the candidates that judged
 * @param steps the candidates that moved the weights, by step
 * @param before loss and accuracy of every judge with the shared weights
 * @param after the same with the weights at the end of the path
 * @param pushed what each candidate's step does to the judgement of the shared weights, which does
 *     not depend on that step: {@code [step][m]}
 * @param pulled what each candidate's step does to the judgement of the end, {@code [step][m]}
 */
public record SharedOutcome(
    List<SharedDraw> judges,
    List<List<SharedDraw>> steps,
    List<SharedJudgement> before,
    List<SharedJudgement> after,
    List<List<SharedPull>> pushed,
    List<List<SharedPull>> pulled) {

  /** Number of steps of candidates that were left out. */
  public long dropped() {
    return pulled.stream().flatMap(List::stream).filter(SharedPull::dropped).count();
  }
}
