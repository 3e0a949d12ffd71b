package io.tandem.export.signature;

import io.tandem.data.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * A vocabulary as constants of a graph. TensorFlow's own tables are resources that an operation has
 * to fill before they answer; constants need none.
 *
 * <p>Words lie in the order of their hash buckets. A word is compared with the few from the
 * beginning of its bucket on.
 *
 * @param words in that order, and behind them as many empty ones as a comparison may reach
 * @param numbers of these words in the vocabulary; of empty ones {@link Vocabulary#UNKNOWN}
 * @param begins for each bucket the place of its first word
 * @param compared with how many words each is compared, that of the fullest bucket
 */
record WordTable(List<String> words, int[] numbers, int[] begins, int compared) {
  private static final int BUCKETS_PER_WORD = 2;

  /** The table of a vocabulary. */
  static WordTable of(Vocabulary vocabulary) {
    int size = vocabulary.size();
    int[] buckets = buckets(vocabulary.words());
    int[] begins = new int[BUCKETS_PER_WORD * size + 1];
    Arrays.stream(buckets).forEach(bucket -> begins[bucket + 1]++);
    int fullest = Arrays.stream(begins).max().orElseThrow();
    Arrays.parallelPrefix(begins, Integer::sum);
    int[] sorted =
        IntStream.range(0, size)
            .boxed()
            .sorted((one, other) -> Integer.compare(buckets[one], buckets[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<String> words = new ArrayList<>();
    Arrays.stream(sorted).forEach(number -> words.add(vocabulary.word(number)));
    IntStream.range(0, fullest).forEach(padding -> words.add(""));
    return new WordTable(
        words,
        Arrays.copyOf(sorted, size + fullest),
        Arrays.copyOf(begins, BUCKETS_PER_WORD * size),
        fullest);
  }

  /** The buckets of words, by the operation that will look for them. */
  private static int[] buckets(List<String> words) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TInt64> buckets =
          hash(tf, strings(tf, words), (long) BUCKETS_PER_WORD * words.size());
      try (TInt64 found = (TInt64) session.runner().fetch(buckets).run().get(0)) {
        return found.streamOfObjects().mapToInt(Math::toIntExact).toArray();
      }
    }
  }

  /**
   * Adds the numbers of words.
   *
   * @param tf where they are added
   * @param given words, {@code [n]}
   * @return numbers in the vocabulary, {@code [n]}
   */
  Operand<TInt32> numbers(Ops tf, Operand<TString> given) {
    Operand<TInt32> axis = tf.constant(0);
    Operand<TInt64> bucket = hash(tf, given, begins.length);
    Operand<TInt32> begin = tf.gather(tf.constant(begins), bucket, axis);
    Operand<TString> known = strings(tf, words);
    Operand<TInt32> number = tf.constant(numbers);
    List<Operand<TInt32>> found = new ArrayList<>();
    for (int offset = 0; offset < compared; offset++) {
      Operand<TInt32> place = tf.math.add(begin, tf.constant(offset));
      Operand<TInt32> same =
          tf.dtypes.cast(tf.math.equal(tf.gather(known, place, axis), given), TInt32.class);
      found.add(tf.math.mul(same, tf.gather(number, place, axis)));
    }
    return tf.math.addN(found);
  }

  private static Operand<TInt64> hash(Ops tf, Operand<TString> words, long buckets) {
    return tf.strings.toHashBucketFast(words, buckets);
  }

  private static Operand<TString> strings(Ops tf, List<String> words) {
    return tf.constant(NdArrays.vectorOfObjects(words.toArray(String[]::new)));
  }
}
