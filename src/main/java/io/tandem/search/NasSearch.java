package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.policy.PolicyUpdate;
import io.tandem.graph.joint.response.SampledResponse;
import io.tandem.report.journal.JournalEntry;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.TrialLength;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import java.util.ArrayList;
import java.util.List;

/**
 * Neural architecture search without weight sharing (Zoph and Le 2016): the controller's samples
 * are trained from scratch, and their validation loss is the only signal, for discrete and
 * continuous decisions alike.
 */
final class NasSearch implements SearchStrategy {
  private final SearchGraph graph;
  private final SearchSettings settings;
  private final Pace pace;
  private final Trial trial;
  private final TrialLength length;

  NasSearch(SearchGraph graph, SearchSettings settings, Pace pace) {
    this.graph = graph;
    this.settings = settings;
    this.pace = pace;
    this.trial = new Trial(graph, settings.derive().batch(), pace);
    this.length = SearchCosts.length(settings.derive(), graph.rows(), graph.unrollSteps());
  }

  @Override
  public Advance step(SearchState state) {
    long step = state.step() + 1;
    long seed = Seeds.of(graph.seed(), "search/policy", 0);
    List<Choices> choices = graph.policy().sample(settings.samples(), seed, step);
    List<Trials.Timed> trained = new ArrayList<>();
    double[] losses = new double[choices.size()];
    double worst = 0;
    for (int m = 0; m < choices.size(); m++) {
      Candidate candidate = graph.space().decode(choices.get(m));
      long index = (step - 1) * choices.size() + m;
      double left = pace.end() - pace.seconds();
      double end = pace.seconds() + left / (choices.size() - m);
      trained.add(trial.run(candidate, length, "search/trial", index, end));
      losses[m] = -graph.goal().reward(trained.get(m).scored().evaluation().loss());
      worst = Double.isFinite(losses[m]) ? Math.max(worst, losses[m]) : worst;
    }
    double sum = 0;
    double accuracy = 0;
    for (int m = 0; m < losses.length; m++) {
      losses[m] = Double.isFinite(losses[m]) ? losses[m] : worst - settings.penalty();
      sum += losses[m];
      accuracy += trained.get(m).scored().evaluation().accuracy();
    }
    PolicyUpdate update = graph.policy().update(SampledResponse.score(choices, losses, seed, step));
    Advance advance = Trials.advance(state, trained);
    List<JournalEntry> lines = new ArrayList<>(advance.lines());
    double mean = sum / losses.length;
    lines.add(
        new JournalEntry.Step(
            step,
            Double.NaN,
            Double.NaN,
            graph.goal().loss(-mean),
            accuracy / losses.length,
            -mean,
            update.entropy(),
            update.directNorm(),
            update.responseNorm(),
            update.cosine(),
            advance.state().dropped() - state.dropped(),
            advance.state().examples(),
            pace.seconds()));
    return new Advance(advance.state(), lines);
  }

  @Override
  public boolean canDerive(SearchState state) {
    return state.best().isPresent();
  }

  @Override
  public Advance derive(SearchState state) {
    return Trials.finish(state);
  }
}
