package io.tandem.search;

import io.tandem.disk.Progress;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.search.plan.DeriveSettings;
import io.tandem.space.Goal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows people how far a derivation is: candidates scored, then candidates trained. */
final class DerivationProgress {
  private final Progress progress;
  private final Goal goal;
  private final DeriveSettings settings;
  private String phase = "";
  private boolean scoring;
  private boolean ranking;

  DerivationProgress(Progress progress, Goal goal, DeriveSettings settings) {
    this.progress = progress;
    this.goal = goal;
    this.settings = settings;
  }

  /** Shows where one of successive halving stands. */
  void show(SearchStrategy.Stand stands) {
    if (!stands.phase().equals(phase)) {
      phase = stands.phase();
      progress.phase(phase, stands.total());
    }
    progress.step(stands.done(), figures(stands.best()));
  }

  /** Shows where it stands. */
  void show(Derivation stands) {
    if (stands.keep() == 0) {
      if (!scoring) {
        progress.phase("score candidates", settings.samples());
        scoring = true;
      }
      show(stands.scored());
      return;
    }
    if (!ranking) {
      if (scoring) {
        progress.step(stands.scored().size(), Map.of());
      }
      progress.phase("train candidates", stands.keep());
      ranking = true;
    }
    show(stands.ranked());
  }

  private void show(List<Evaluation> done) {
    progress.step(
        done.size(),
        figures(
            done.stream()
                .filter(Evaluation::isFinite)
                .reduce((best, next) -> next.isBetterThan(best) ? next : best)));
  }

  private Map<String, Double> figures(Optional<Evaluation> known) {
    return known
        .map(best -> Map.of("best " + goal.text(), goal.figure(best.loss(), best.accuracy())))
        .orElse(Map.of());
  }
}
