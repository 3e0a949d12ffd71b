package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableEncodingTest {
  private static final float GAP = Float.NaN;

  private static TypedRows.Column numbers(float... values) {
    return new TypedRows.Numbers(values);
  }

  private static TypedRows.Column texts(String... values) {
    return new TypedRows.Texts(List.of(values));
  }

  private static TypedRows rows(TypedRows.Column... columns) {
    return new TypedRows(List.of(columns), columns[0].size());
  }

  @Test
  void of_numbers_fillGapsWithTheMedian() {
    TableEncoding encoding =
        TableEncoding.of(rows(numbers(5, GAP, 1, 2, 9), numbers(1, 2, 3, 4, 5)), 50, false);
    assertThat(encoding.columns())
        .containsExactly(
            new TableEncoding.Numbers(3.5f, true), new TableEncoding.Numbers(3, false));
    assertThat(encoding.names(List.of("a", "b"))).containsExactly("a", "a missing", "b");
    assertThat(encoding.indicators()).containsExactly(false, true, false);
    assertThat(encoding.encode(rows(numbers(7, GAP), numbers(GAP, 8))))
        .containsExactly(7, 0, 3, 3.5f, 1, 8);
  }

  @Test
  void of_categories_haveAnInputEachMostFrequentFirst() {
    TableEncoding encoding =
        TableEncoding.of(
            rows(texts("b", "a", "b", "c", "", "a", "b"), texts(filled("x", 7))), 50, false);
    assertThat(encoding.columns())
        .containsExactly(
            new TableEncoding.Categories(List.of("b", "a"), true, true),
            new TableEncoding.Categories(List.of("x"), false, false));
    assertThat(encoding.names(List.of("k", "l")))
        .containsExactly("k = b", "k = a", "k other", "k missing", "l = x");
    assertThat(encoding.indicators()).containsOnly(true);
    assertThat(encoding.encode(rows(texts("a", "c", "new", ""), texts("x", "new", "", "x"))))
        .containsExactly(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1);
  }

  /** A missing category counts as one of the others where the training part has none missing. */
  @Test
  void encode_gapThatTheTrainingPartHasNot_isAnother() {
    TableEncoding encoding = TableEncoding.of(rows(texts("a", "a", "b")), 50, false);
    assertThat(encoding.encode(rows(texts("", "b", "a")))).containsExactly(0, 1, 0, 1, 1, 0);
  }

  @Test
  void of_veryManyCategories_keepsTheMostFrequent() {
    List<String> values = new ArrayList<>();
    for (int value = 0; value < 1200; value++) {
      for (int count = 0; count < 2 + value % 3; count++) {
        values.add("v" + value);
      }
    }
    TableEncoding.Categories found =
        (TableEncoding.Categories)
            TableEncoding.of(
                    new TypedRows(List.of(new TypedRows.Texts(values)), values.size()), 50, false)
                .columns()
                .get(0);
    assertThat(found.values()).hasSize(1000).startsWith("v1001", "v1004").doesNotContain("v999");
    assertThat(found.other()).isTrue();
    assertThat(found.coded()).isTrue();
    assertThat(found.width()).isEqualTo(1);
    assertThat(found.vocabulary()).isEqualTo(1001);
  }

  /** As many as that get an input each; one more, and the column is a code, after the others. */
  @Test
  void of_moreCategoriesThanInputs_isACodeAtTheEnd() {
    TypedRows train =
        rows(texts("b", "a", "b", "c", "", "a", "b", "c"), numbers(1, 2, 3, 4, 5, 6, 7, GAP));
    assertThat(TableEncoding.of(train, 3, false).width()).isEqualTo(6);
    assertThat(TableEncoding.of(train, 3, false).vocabularies()).isEmpty();
    TableEncoding encoding = TableEncoding.of(train, 2, false);
    assertThat(encoding.vocabularies()).containsExactly(4);
    assertThat(encoding.names(List.of("kind", "x"))).containsExactly("x", "x missing", "kind");
    assertThat(encoding.indicators()).containsExactly(false, true, true);
    // What no row of the training had stands for nothing, as there are no other rare values.
    assertThat(encoding.encode(rows(texts("b", "a", "c", "", "z"), numbers(1, 2, GAP, 4, 5))))
        .containsExactly(1, 0, 0, 2, 0, 1, 4, 1, 2, 4, 0, 3, 5, 0, -1);
  }

  @Test
  void of_codedCategoriesWithRareOnes_haveACodeForThem() {
    TableEncoding encoding =
        TableEncoding.of(
            rows(texts("b", "a", "b", "rare", "c", "a", "c"), texts(filled("x", 7))), 2, false);
    assertThat(encoding.vocabularies()).containsExactly(4);
    assertThat(encoding.encode(rows(texts("a", "z", "rare", ""), texts("x", "x", "x", "x"))))
        .containsExactly(1, 0, 1, 3, 1, 3, 1, 3);
  }

  @Test
  void of_categoriesThatAreAllDifferent_shareAnInput() {
    TableEncoding encoding = TableEncoding.of(rows(texts("a", "b", "c")), 50, false);
    assertThat(encoding.width()).isEqualTo(1);
    assertThat(encoding.encode(rows(texts("a", "z")))).containsExactly(1, 1);
  }

  @Test
  void categories_thatCannotBeToldApart_areRefused() {
    assertThatThrownBy(() -> new TableEncoding.Categories(List.of("a", "a"), false, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TableEncoding.Categories(List.of(""), false, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String[] filled(String value, int count) {
    return java.util.Collections.nCopies(count, value).toArray(String[]::new);
  }
}
