package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.config.Experiment;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.report.Results;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.task.CheckedData;
import io.tandem.run.task.ExperimentData;
import io.tandem.space.SearchSpace;
import io.tandem.testing.RunFacts;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose candidates are tried by cross-validation, on folds with different columns. */
class FoldedRunTest {
  @TempDir private static Path folder = Path.of("");

  private static Path table = Path.of("");

  @BeforeAll
  static void write() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("n,c,y\n");
    for (int row = 0; row < 160; row++) {
      double number = random.nextDouble(-1, 1);
      // Some categories have two rows: in a fold that holds one of them out they have no input.
      String category = row % 10 == 0 ? "rare" + row % 80 : "c" + random.nextInt(3);
      text.append(number).append(',').append(category).append(',');
      text.append(number + random.nextDouble(-0.5, 0.5) > 0 ? "yes" : "no").append('\n');
    }
    table = Files.writeString(folder.resolve("table.csv"), text);
  }

  private static EffectiveConfig config(String... more) {
    List<String> overrides = new ArrayList<>(TinySearch.overrides());
    overrides.addAll(List.of("data.csv.file=" + table, "search.folds=3", "retrain.ensemble=1"));
    overrides.addAll(List.of(more));
    return ConfigLoader.defaults(overrides);
  }

  private static RunDirectory create(String name, EffectiveConfig config) {
    RunManifest manifest =
        new RunManifest("tiny", 1, "folds", "tandem search", Instant.EPOCH, "0", config.hash());
    return RunDirectory.create(Disk.system(), folder.resolve(name), manifest, config.text());
  }

  private static Optional<Results> go(
      RunDirectory run, EffectiveConfig config, BooleanSupplier interrupted) {
    Experiment experiment = config.experiment();
    SearchSpace space = SearchPipeline.searchedSpace(experiment);
    return new SearchPipeline(
            experiment,
            space,
            new FamilySwitch(space.families(), experiment.inner()),
            HypergradientEstimator.of(experiment.response()),
            Disk.system(),
            InstantSource.system())
        .run(run, () -> ExperimentData.load(experiment), Progress.NONE, interrupted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search.derive.samples=4 search.derive.keep=1 search.budget.examples=30000",
        "search.strategy=ENAS search.budget.examples=30000",
        "search.strategy=NAS search.budget.examples=12000",
        "search.strategy=RANDOM search.budget.examples=9000 retrain.with_validation=false",
        "search.strategy=JOINT_HALVING search.halving.keep=1 search.halving.examples=320"
            + " search.halving.rungs=2 search.budget.examples=40000",
      })
  void run_interrupted_endsLikeAnUninterruptedOne(String changes) throws IOException {
    EffectiveConfig config = config(changes.split(" "));
    RunDirectory whole = create("whole-" + changes.hashCode(), config);
    Results results = go(whole, config, () -> false).orElseThrow();
    RunDirectory run = create("parts-" + changes.hashCode(), config);
    AtomicLong asked = new AtomicLong();
    int sessions = 0;
    Optional<Results> parts = Optional.empty();
    while (parts.isEmpty()) {
      asked.set(0);
      parts = go(run, config, () -> asked.incrementAndGet() == 64);
      sessions++;
    }
    assertThat(sessions).isGreaterThan(2);
    Map<String, String> found = facts(run);
    Map<String, String> expected = facts(whole);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, fact) -> assertThat(found.get(name)).as(name).isEqualTo(fact));
    // What all folds cost is in the budget.
    long searched = results.budgetExamples() - results.phases().examples().get("retrain");
    assertThat(searched).isLessThanOrEqualTo(config.experiment().search().budget().examples());
  }

  /**
   * Without the checkpoints before the last one: a run that is stopped amid a training writes the
   * checkpoint before it again, with weights that the next training overwrites.
   */
  private static Map<String, String> facts(RunDirectory run) throws IOException {
    Map<String, String> facts = new TreeMap<>(RunFacts.of(run.path()));
    int last = facts.keySet().stream().mapToInt(FoldedRunTest::checkpoint).max().orElseThrow();
    facts.keySet().removeIf(name -> checkpoint(name) >= 0 && checkpoint(name) < last);
    return facts;
  }

  /** The number of the checkpoint of the search that a file belongs to; -1 if it is of none. */
  private static int checkpoint(String name) {
    return name.startsWith("checkpoints/step-")
        ? Integer.parseInt(name.replaceAll("^checkpoints/step-([0-9]+)/.*", "$1"))
        : -1;
  }

  /** Every training has three times the examples of one on one part, and reads all rows. */
  @Test
  void journal_examples_countAllFolds() {
    EffectiveConfig config = config("search.strategy=RANDOM", "search.budget.examples=9000");
    ExperimentData data = ExperimentData.load(config.experiment());
    assertThat(data.examples().folds().stream().map(fold -> fold.train().columns()).distinct())
        .hasSizeGreaterThan(1);
    RunDirectory run = create("costs", config);
    assertThat(go(run, config, () -> false)).isPresent();
    int held = data.examples().folds().stream().mapToInt(fold -> fold.validation().rows()).sum();
    long before = 0;
    int tried = 0;
    for (JournalEntry entry : JournalReader.read(run.journal()).entries()) {
      if (entry instanceof JournalEntry.Tried one) {
        // Ten loops of two steps of 32 rows in each fold, and all rows are held out once.
        assertThat(one.examples() - before).isEqualTo(3 * 640 + held);
        before = one.examples();
        tried++;
      }
    }
    assertThat(tried).isEqualTo(4);
    assertThat(CheckedData.budget(data)).contains("each training in 3 folds; ");
  }

  /** Arms of a comparison share what is loaded, and may differ in folds. */
  @Test
  void with_otherFolds_hasThem() {
    ExperimentData plain = ExperimentData.load(config("search.folds=0").experiment());
    assertThat(plain.searchRows().folds()).isEqualTo(1);
    ExperimentData folded = plain.with(config().experiment());
    assertThat(folded.searchRows().folds()).isEqualTo(3);
    assertThat(folded.examples().train()).isEqualTo(plain.examples().train());
    assertThat(folded.with(config("search.folds=0").experiment()).searchRows().folds())
        .isEqualTo(1);
  }

  /** Without folds, or with one, nothing is different. */
  @Test
  void run_oneFold_isARunWithout() throws IOException {
    String[] settings = {"search.strategy=RANDOM", "search.budget.examples=4000"};
    RunDirectory none = create("none", config(settings));
    EffectiveConfig zero =
        config("search.strategy=RANDOM", "search.budget.examples=4000", "search.folds=0");
    EffectiveConfig one =
        config("search.strategy=RANDOM", "search.budget.examples=4000", "search.folds=1");
    assertThat(go(none, zero, () -> false)).isPresent();
    RunDirectory single = create("single", one);
    assertThat(go(single, one, () -> false)).isPresent();
    assertThat(RunFacts.of(single.path())).isEqualTo(RunFacts.of(none.path()));
  }
}
