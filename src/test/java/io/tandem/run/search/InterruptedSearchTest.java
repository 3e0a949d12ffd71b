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
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalReader;
import io.tandem.run.SessionNotes;
import io.tandem.run.task.ExperimentData;
import io.tandem.search.FirstStage;
import io.tandem.search.SearchState;
import io.tandem.search.plan.Strategy;
import io.tandem.space.Candidate;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.space.SearchSpace;
import io.tandem.testing.TinySearch;
import io.tandem.testing.TinyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every strategy finds a convolutional network on the digits or a recurrent cell on a text, and a
 * search that was interrupted finds the one of a search that was not, with the same bits.
 */
class InterruptedSearchTest {
  private static final String MACRO =
      "space.macro.layers=2 space.macro.filters=4 space.macro.operations=CONV_3X3,MAX_POOL_3X3 ";
  private static final String MICRO =
      "space.micro.cells=1 space.micro.filters=2 space.micro.blocks=2"
          + " space.micro.operations=SEPARABLE_3X3,MAX_POOL_3X3,IDENTITY ";

  private static final String TWO =
      " search.budget.examples=12000 search.halving.keep=1 search.halving.rungs=2"
          + " search.halving.examples=480";
  private static final String TUNED_ONCE = "search.strategy=ENAS_TUNED_ONCE" + TWO;
  private static final String THEN_TUNED = "search.strategy=ENAS_THEN_HYPERPARAMETERS" + TWO;

  private static final String RECURRENT = "space.optimizer.learning_rate=0.1..2 ";

  @TempDir private static Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        MACRO + "search.strategy=JOINT",
        MACRO + "search.strategy=NAS",
        RECURRENT + "search.response_through=SHARED inner.unroll_steps=2",
        RECURRENT + "search.strategy=RANDOM",
        MACRO + TUNED_ONCE,
      })
  void run_interruptedAgainAndAgain_findsTheSameNetworkWithTheSameBits(String changes)
      throws IOException {
    findsTheSame(changes);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        MACRO + "search.response_through=SHARED search.architecture_gradient=GATES",
        MICRO + "inner.unroll_steps=1 space.optimizer.momentum=0.9",
        MACRO + "controller.separate=true",
        MACRO + "search.strategy=ENAS",
        MACRO + "search.strategy=RANDOM",
        RECURRENT + "inner.unroll_steps=2",
        RECURRENT + "search.strategy=ENAS",
        RECURRENT + "search.strategy=NAS",
        RECURRENT + TUNED_ONCE,
        RECURRENT + THEN_TUNED,
        MICRO + THEN_TUNED,
      })
  void run_otherWayInterrupted_findsTheSameNetworkWithTheSameBits(String changes)
      throws IOException {
    findsTheSame(changes);
  }

  private static void findsTheSame(String changes) throws IOException {
    List<String> overrides = new ArrayList<>(TinySearch.searchOfImages());
    if (changes.startsWith(RECURRENT)) {
      overrides.addAll(TinyText.overrides(folder));
    }
    overrides.addAll(List.of(changes.split(" ")));
    EffectiveConfig config = ConfigLoader.defaults(overrides);
    RunDirectory whole = create("whole-" + changes.hashCode(), config);
    AtomicLong asked = new AtomicLong();
    SearchState expected = go(whole, config, () -> asked.incrementAndGet() < 0).orElseThrow();
    long half = Math.floorDiv(asked.get(), 2) + 1;
    assertThat(expected.finished()).isTrue();
    assertThat(expected.step()).isPositive();
    assertThat(expected.best().orElseThrow().evaluation().isFinite()).isTrue();
    assertThat(expected.best().orElseThrow().candidate().architecture())
        .isInstanceOf(
            changes.startsWith(MACRO)
                ? MacroArchitecture.class
                : changes.startsWith(MICRO)
                    ? MicroArchitecture.class
                    : RecurrentArchitecture.class);

    expected.first().ifPresent(first -> keepsItsPart(config.experiment(), expected, first));

    RunDirectory run = create("parts-" + changes.hashCode(), config);
    for (long stop : new long[] {4, half}) {
      asked.set(0);
      assertThat(go(run, config, () -> asked.incrementAndGet() == stop)).isEmpty();
    }
    SearchState found = go(run, config, () -> false).orElseThrow();
    assertThat(found.atSeconds(0)).isEqualTo(expected.atSeconds(0));
    assertThat(facts(run)).isEqualTo(facts(whole));
  }

  /** Of two searches the second changes what the first did not search, and nothing else. */
  private static void keepsItsPart(Experiment experiment, SearchState end, FirstStage first) {
    Candidate before = first.winner().candidate();
    Candidate after = end.best().orElseThrow().candidate();
    assertThat(end.examples()).isLessThanOrEqualTo(experiment.search().budget().examples());
    if (experiment.search().strategy() == Strategy.ENAS_TUNED_ONCE) {
      assertThat(before.architecture()).isEqualTo(experiment.space().architecture().middle());
      assertThat(before.optimizer()).isNotEqualTo(experiment.fixedOptimizer());
      assertThat(after.optimizer()).isEqualTo(before.optimizer());
    } else {
      assertThat(before.optimizer()).isEqualTo(experiment.fixedOptimizer());
      assertThat(after.optimizer()).isNotEqualTo(experiment.fixedOptimizer());
      assertThat(after.architecture()).isEqualTo(before.architecture());
    }
  }

  private static RunDirectory create(String name, EffectiveConfig config) {
    RunManifest manifest =
        new RunManifest("tiny", 1, "joint", "tandem search", Instant.EPOCH, "0", config.hash());
    return RunDirectory.create(Disk.system(), folder.resolve(name), manifest, config.text());
  }

  private static Optional<SearchState> go(
      RunDirectory run, EffectiveConfig config, BooleanSupplier interrupted) {
    Experiment experiment = config.experiment();
    SearchSpace space = SearchPipeline.searchedSpace(experiment);
    try (Journal journal = Journal.open(Disk.system(), run.journal())) {
      SessionNotes notes = new SessionNotes(journal);
      RunSession session =
          new RunSession(
              run, ExperimentData.load(experiment), journal, notes, Progress.NONE, interrupted);
      return new SearchPhase(
              experiment,
              space,
              new FamilySwitch(space.families(), experiment.inner()),
              HypergradientEstimator.of(experiment.response()),
              session,
              Disk.system(),
              InstantSource.system())
          .run(() -> 0, began -> notes.begin());
    }
  }

  /** The journal without times and sessions, and the bytes of the variables in checkpoints. */
  private static Map<String, String> facts(RunDirectory run) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    facts.put("journal", String.join("\n", JournalReader.read(run.journal()).comparable()));
    try (Stream<Path> files = Files.walk(run.checkpoints())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = run.path().relativize(file).toString();
        if (name.matches(".*variables\\.(data|index).*")) {
          facts.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    assertThat(facts).hasSizeGreaterThan(2);
    return facts;
  }
}
