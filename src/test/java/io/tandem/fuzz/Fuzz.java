package io.tandem.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes inputs of a kind, one after the other, gives each to the program, and reports those that
 * break its promises. Input {@code i} of a seed is made from {@code seed + i} alone, so that one
 * input is made again by its own number.
 *
 * @param kind what {@code tools/fuzz/run.sh} calls it
 * @param folder where inputs are written; nothing else may appear in it
 * @param mostLines how many lines of errors an answer may have
 */
record Fuzz(String kind, Path folder, int mostLines) {
  /** Inputs of each kind in the normal suite. */
  static final int NORMAL = 200;

  /** Inputs of each kind in the slow suite. */
  static final int SLOW = 10_000;

  private static final long SEED = 20_000_000;
  // Java's generator begins alike for seeds that are near each other.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_REPORTED = 20;

  /** Makes an input, writes it into the folder, and runs the command. */
  @FunctionalInterface
  interface Trial {
    /** The answer to the input that the random numbers make. */
    InProcess.Ended run(Random random) throws IOException;
  }

  /**
   * Tries inputs; {@code -Dtandem.fuzz.count} and {@code -Dtandem.fuzz.seed} say which instead.
   *
   * @param count number of inputs
   * @param trial makes and runs one
   */
  void run(int count, Trial trial) throws IOException {
    long seed = firstSeed();
    int wanted = count(count);
    Map<String, String> failures = new LinkedHashMap<>();
    Map<Integer, Integer> codes = new LinkedHashMap<>();
    Instant start = Instant.now();
    for (int index = 0; index < wanted && failures.size() < MOST_REPORTED; index++) {
      long own = seed + index;
      one(own, trial, codes)
          .ifPresent(
              wrong ->
                  failures.putIfAbsent(
                      wrong.replaceAll("\\d+", "0"),
                      wrong + "\n  again: tools/fuzz/run.sh " + kind + " 1 " + own));
    }
    System.out.printf(
        "fuzz %s: %d inputs from seed %d, exit codes %s, %d s%n",
        kind, wanted, seed, codes, Duration.between(start, Instant.now()).toSeconds());
    assertThat(failures.values()).as("answers that break a promise").isEmpty();
  }

  /** The number of the first input. */
  static long firstSeed() {
    return Long.getLong("tandem.fuzz.seed", SEED);
  }

  /** How many inputs are tried in place of a number of them. */
  static int count(int usual) {
    return Integer.getInteger("tandem.fuzz.count", usual);
  }

  private Optional<String> one(long seed, Trial trial, Map<Integer, Integer> codes)
      throws IOException {
    String progress = System.getProperty("tandem.fuzz.progress", "");
    if (!progress.isEmpty()) {
      Files.writeString(Path.of(progress), Long.toString(seed));
    }
    Instant start = Instant.now();
    InProcess.Ended ended = trial.run(new Random(seed * SPREAD));
    codes.merge(ended.code(), 1, Integer::sum);
    if (Boolean.getBoolean("tandem.fuzz.show")) {
      System.out.println(seed + " " + ended.code() + " " + shown(ended.err()));
    }
    Duration taken = Duration.between(start, Instant.now());
    Optional<String> wrong = Verdict.of(ended, mostLines);
    if (wrong.isEmpty() && taken.compareTo(LONGEST) > 0) {
      wrong = Optional.of("took " + taken.toSeconds() + " s");
    }
    if (wrong.isEmpty()) {
      Set<String> left = leftovers();
      wrong = left.isEmpty() ? wrong : Optional.of("left half-written " + left);
    }
    return wrong.map(what -> what + "\n  exit code " + ended.code() + ": " + shown(ended.err()));
  }

  private static String shown(String err) {
    return err.lines()
        .filter(line -> line.startsWith("tandem: "))
        .map(line -> line.substring(0, Math.min(400, line.length())))
        .limit(3)
        .collect(Collectors.joining("\n  "));
  }

  /** Names that only unfinished files have. */
  private Set<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches(".*\\.(partial|tmp|temporary|old)|\\..*"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
