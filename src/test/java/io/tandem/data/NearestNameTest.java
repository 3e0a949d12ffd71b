package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advice that names the wrong column damages data: none is better. */
final class NearestNameTest {
  @ParameterizedTest
  @CsvSource({
    "age, Age",
    "species, specis",
    "petal_length, petal length",
    "flipper_length_mm, ",
    "id, ",
  })
  void similar_name_isNamedOnlyIfItIsProbablyMeant(String name, String expected) {
    List<String> columns =
        List.of("Age", "sex", "specis", "petal length", "bill_length_mm", "height");
    assertThat(NearestName.similar(name, columns))
        .isEqualTo(java.util.Optional.ofNullable(expected));
  }
}
