package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
  private static Dataset rows(int count, int values, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] features = new float[2 * count];
    for (int index = 0; index < features.length; index++) {
      features[index] = random.nextInt(values);
    }
    return new Dataset(features, 2, new int[count], List.of("x", "y"), List.of("a", "b"));
  }

  private static List<String> suspicions(Dataset train, Dataset test, boolean categories) {
    return Duplicates.suspicions(
        "t.csv",
        new DataSplit(
            train,
            rows(50, 1_000_000, 7),
            test,
            Standardisation.none(2),
            "",
            "",
            Optional.empty(),
            List.of(),
            List.of(),
            categories
                ? Optional.of(
                    new DataSplit.Encoded(
                        new TableEncoding(List.of()), new TypedRows(List.of(), 0)))
                : Optional.empty()));
  }

  @Test
  void suspicions_copiesOfTrainingRows_areCounted() {
    Dataset train = rows(200, 1_000_000, 1);
    int[] some = {3, 5, 8, 13, 21};
    assertThat(suspicions(train, rows(95, 1_000_000, 2).concat(train.select(some)), true))
        .singleElement()
        .asString()
        .startsWith("t.csv: 5 of 100 test rows have the same features as a training row");
  }

  /** Of 25 different rows any two parts have most in common. */
  @Test
  void suspicions_rowsOfCategoriesThatRecur_areNoCopies() {
    assertThat(suspicions(rows(200, 5, 1), rows(100, 5, 2), true)).isEmpty();
    assertThat(suspicions(rows(200, 5, 1), rows(100, 5, 2), false)).hasSize(1);
  }
}
