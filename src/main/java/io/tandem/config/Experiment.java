package io.tandem.config;

import io.tandem.audit.AuditSettings;
import io.tandem.data.DataSettings;
import io.tandem.export.ExportSettings;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.report.ReportSettings;
import io.tandem.retrain.RetrainSettings;
import io.tandem.search.plan.SearchSettings;
import io.tandem.space.Architecture;
import io.tandem.space.ArchitectureSpace;
import io.tandem.space.Goal;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.SearchSpace;
import io.tandem.tune.RefineSettings;
import io.tandem.tune.TuneSettings;
import java.util.Optional;

/**
 * An effective configuration: everything that decides a run's result.
 *
 * @param name what people call it
 * @param seed source of every random draw
 * @param data rows
 * @param text how texts are read in training, where the data are text
 * @param augmentation how training images are changed, where networks see images
 * @param space what can be chosen
 * @param fixedOptimizer how candidates are trained where the optimizer is not searched
 * @param controller the network that chooses
 * @param inner the unrolled inner loop
 * @param response the estimator of the response gradient
 * @param search the outer loop
 * @param given with strategy {@code GIVEN} the architecture that is trained
 * @param refine what is done to the winner's optimizer before that
 * @param retrain training of the winner
 * @param retrained the space with the sizes that networks have in that training
 * @param export the exported model
 * @param report what is written down
 * @param runtime use of the machine
 * @param tune what {@code tandem tune} trains and tunes
 * @param audit how {@code tandem audit} judges estimators
 */
public record Experiment(
    String name,
    long seed,
    DataSettings data,
    TextTraining text,
    AugmentationSettings augmentation,
    SearchSpace space,
    OptimizerSettings fixedOptimizer,
    ControllerSettings controller,
    InnerSettings inner,
    ResponseSettings response,
    SearchSettings search,
    Optional<Architecture> given,
    RefineSettings refine,
    RetrainSettings retrain,
    ArchitectureSpace retrained,
    ExportSettings export,
    ReportSettings report,
    RuntimeSettings runtime,
    TuneSettings tune,
    AuditSettings audit) {
  /** The goal that networks are judged by. */
  public Goal goal() {
    return data.source().predictsNumbers() ? Goal.R2 : space.architecture().goal();
  }

  /** The same for data without codes, so that there is nothing to embed. */
  public Experiment withoutEmbeddings() {
    SearchSpace without =
        new SearchSpace(
            space.architecture().withoutEmbeddings(), space.optimizer(), space.shared());
    return with(without, retrained.withoutEmbeddings(), search, retrain);
  }

  /** The same with other lengths of search and retraining. */
  public Experiment with(SearchSettings otherSearch, RetrainSettings otherRetrain) {
    return with(space, retrained, otherSearch, otherRetrain);
  }

  private Experiment with(
      SearchSpace otherSpace,
      ArchitectureSpace otherRetrained,
      SearchSettings otherSearch,
      RetrainSettings otherRetrain) {
    return new Experiment(
        name,
        seed,
        data,
        text,
        augmentation,
        otherSpace,
        fixedOptimizer,
        controller,
        inner,
        response,
        otherSearch,
        given,
        refine,
        otherRetrain,
        otherRetrained,
        export,
        report,
        runtime,
        tune,
        audit);
  }
}
