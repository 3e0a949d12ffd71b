package io.tandem.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes lines, words and numbers of a text, in ways that people and programs get wrong. */
final class TextMutator {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "1e400",
          "-1e400",
          "1e-400",
          "NaN",
          "inf",
          "-Infinity",
          "0x10",
          "1_000",
          "00",
          "4294967296",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "99999999999999999999999999",
          "1.7976931348623157e308",
          "3.4028236e38",
          "1e-45",
          "1e9999999999",
          "0.1.2",
          "1,5",
          "١٢",
          "５",
          "");
  private static final List<String> PIECES =
      List.of(
          "\u0000",
          "\uFEFF",
          "\u202E",
          "\u200B",
          "\u2028",
          "\u0085",
          "\uD83D\uDE00",
          "e\u0301",
          "\uFFFF",
          "\u001b[31m",
          "\"",
          "'",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ";",
          ":",
          "\t",
          "\r",
          "\n",
          "#",
          "//",
          "../",
          "%s%n",
          "${x}",
          "<b>",
          "=1+1",
          "ß",
          "İ",
          "\uDBFF\uDFFF");
  private static final int HUGE = 20_000;

  private TextMutator() {}

  /**
   * Applies one to five mutations.
   *
   * @param text what to change
   * @param random decides
   */
  static String mutate(String text, Random random) {
    String changed = text;
    for (int left = 1 + random.nextInt(5) * random.nextInt(2); left > 0; left--) {
      changed = once(changed, random);
    }
    // A character that was cut in two cannot be written.
    return new String(changed.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String once(String text, Random random) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> exchange(text, NUMBER, pick(NUMBERS, random), random);
      case 3, 4 -> exchange(text, WORD, anotherWord(text, random), random);
      case 5, 6 -> lines(text, random);
      case 7 -> insert(text, pick(PIECES, random), random);
      case 8 -> insert(text, pick(PIECES, random).repeat(1 + random.nextInt(40)), random);
      case 9 -> rarely(random) ? insert(text, pick(PIECES, random).repeat(HUGE), random) : text;
      case 10 -> exchange(text, WORD, pick(NUMBERS, random), random);
      default -> text.substring(0, random.nextInt(text.length() + 1));
    };
  }

  private static boolean rarely(Random random) {
    return random.nextInt(4) == 0;
  }

  private static String exchange(String text, Pattern what, String by, Random random) {
    List<MatchResult> found = what.matcher(text).results().toList();
    if (found.isEmpty()) {
      return insert(text, by, random);
    }
    MatchResult place = found.get(random.nextInt(found.size()));
    return text.substring(0, place.start()) + by + text.substring(place.end());
  }

  private static String anotherWord(String text, Random random) {
    List<String> words = WORD.matcher(text).results().map(MatchResult::group).toList();
    return words.isEmpty() ? "word" : pick(words, random);
  }

  private static String insert(String text, String piece, Random random) {
    int place = random.nextInt(text.length() + 1);
    return text.substring(0, place) + piece + text.substring(place);
  }

  private static String lines(String text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int line = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(line);
      case 1 -> lines.add(line, lines.get(random.nextInt(lines.size())));
      case 2 -> lines.add(line, lines.remove(random.nextInt(lines.size())));
      default -> lines.set(line, lines.get(line) + lines.get(random.nextInt(lines.size())));
    }
    return String.join(random.nextInt(8) == 0 ? "\r\n" : "\n", lines);
  }

  static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
