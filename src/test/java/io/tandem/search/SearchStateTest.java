package io.tandem.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.search.propose.UniformDraw;
import io.tandem.space.Candidate;
import io.tandem.space.SearchSpace;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search continues from what a search can have left, and from nothing else. */
final class SearchStateTest {
  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void fromJson_itsOwn_isTheSame() {
    SearchState state = SearchState.initial().atSeconds(2);
    assertThat(SearchState.fromJson(state.toJson())).isEqualTo(state);
  }

  /** The second of two searches counts its own steps, and what was spent together. */
  @Test
  void second_ofAFinishedSearch_beginsAnewWithWhatWasSpent() {
    SearchSpace space = SmallSpace.of(2, false);
    Candidate candidate = space.decode(UniformDraw.of(space, new SplittableRandom(1)));
    SearchState first =
        SearchState.initial()
            .contending(List.of(), 7, 900, 2)
            .finishedWith(new Scored(candidate, new Evaluation(0.5, 0.9)), 900)
            .atSeconds(3);
    SearchState second = first.second();
    assertThat(second.position()).isEqualTo(first.position()).isEqualTo(8);
    assertThat(second.finished()).isFalse();
    assertThat(second.best()).isEmpty();
    assertThat(second.onlySearches()).isTrue();
    assertThat(second.examples()).isEqualTo(900);
    assertThat(second.spent()).isZero();
    assertThat(second.step()).isZero();
    assertThat(second.updates()).isZero();
    assertThat(second.dropped()).isEqualTo(2);
    assertThat(second.first().orElseThrow().winner()).isEqualTo(first.best().orElseThrow());
    assertThat(SearchState.fromJson(second.toJson())).isEqualTo(second);
    SearchState later = second.contending(List.of(), 3, 1000, 2);
    assertThat(later.spent()).isEqualTo(100);
    assertThat(later.position()).isEqualTo(11);
    assertThat(later.onlySearches()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'step': -1}",
        "{'seconds': -1}",
        "{'examples': -9}",
        "{'finished': true}",
        "{'first': {'position': 3, 'examples': 9, 'seconds': 1}}",
        "{'derivation': {'keep': 3, 'scored': [['1', '1']]}}",
        "{'derivation': {'keep': -1}}",
        "{'derivation': {'keep': 1, 'scored': [['1', '1']], 'ranked': [['1', '1'], ['2', '1']]}}",
        "{'derivation': {'scored': [['one', '1']]}}"
      })
  void fromJson_whatNoSearchLeaves_isRefused(String text) {
    assertThatThrownBy(() -> SearchState.fromJson(json(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
