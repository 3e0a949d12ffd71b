package io.tandem.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.tandem.config.Experiment;
import io.tandem.run.search.SearchPipeline;
import io.tandem.run.tune.AuditPipeline;
import io.tandem.run.tune.TunePipeline;

/** The one injector of a run; the list of modules is the list of the program's parts. */
public final class Injectors {
  private Injectors() {}

  /**
   * The pipeline of an experiment, with all its parts.
   *
   * @param experiment checked configuration
   */
  public static SearchPipeline pipeline(Experiment experiment) {
    return of(experiment).getInstance(SearchPipeline.class);
  }

  /**
   * The tuning of an experiment, with all its parts.
   *
   * @param experiment checked configuration
   */
  public static TunePipeline tuning(Experiment experiment) {
    return of(experiment).getInstance(TunePipeline.class);
  }

  /**
   * The audit of an experiment's estimators.
   *
   * @param experiment checked configuration
   */
  public static AuditPipeline audit(Experiment experiment) {
    return of(experiment).getInstance(AuditPipeline.class);
  }

  private static Injector of(Experiment experiment) {
    return Guice.createInjector(
        Stage.PRODUCTION,
        new StrictModule(),
        new ExperimentModule(experiment),
        new InnerModule(),
        new HypergradientModule(),
        new ReportModule());
  }
}
