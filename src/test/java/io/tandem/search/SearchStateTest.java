package io.tandem.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'step': -1}",
        "{'seconds': -1}",
        "{'examples': -9}",
        "{'finished': true}",
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
