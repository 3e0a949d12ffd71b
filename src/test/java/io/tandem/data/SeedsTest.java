package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Seeds of neighbouring steps must be unrelated, and the same for ever: runs depend on them. */
class SeedsTest {
  @Test
  void of_knownArguments_neverChanges() {
    assertThat(Seeds.of(1, "split", 0)).isEqualTo(6635808814707761121L);
    assertThat(Permutation.of(8, 42)).containsExactly(4, 6, 1, 0, 2, 5, 7, 3);
  }

  @Test
  void mix_publishedStream_isSplitMix64() {
    long gamma = Long.parseUnsignedLong("9E3779B97F4A7C15", 16);
    // First outputs of SplitMix64 with seed 1234567 (Vigna's reference implementation).
    assertThat(Long.toUnsignedString(Seeds.mix(1234567 + gamma))).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(Seeds.mix(1234567 + 2 * gamma)))
        .isEqualTo("3203168211198807973");
  }

  @Test
  void of_neighbours_neverCollide() {
    Set<Long> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      for (String purpose : new String[] {"train", "validation", "a", "b", ""}) {
        for (int step = 0; step < 100; step++) {
          assertThat(seen.add(Seeds.of(seed, purpose, step))).isTrue();
        }
      }
    }
  }

  @Test
  void permutation_manySeeds_isUniform() {
    int[] firsts = new int[5];
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      firsts[Permutation.of(5, Seeds.of(1, "test", draw))[0]]++;
    }
    // Five standard deviations of a binomial count.
    for (int count : firsts) {
      assertThat(count).isCloseTo(4000, within(283));
    }
  }
}
