package io.tandem.data;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The order of classes: integers by value, anything else by its characters. */
public final class Classes {
  private static final int LONGEST_INTEGER = 100;

  private Classes() {}

  /** The names in the order of classes; spellings of one integer stay different names. */
  public static List<String> sorted(Collection<String> names) {
    Comparator<String> byCharacters = Comparator.naturalOrder();
    Comparator<String> byValue = Comparator.comparing(BigInteger::new);
    boolean integers = names.stream().allMatch(Classes::isInteger);
    return names.stream()
        .sorted(integers ? byValue.thenComparing(byCharacters) : byCharacters)
        .toList();
  }

  /** Whether a name is a whole number in decimal digits. */
  public static boolean isInteger(String name) {
    return name.length() <= LONGEST_INTEGER && name.matches("[+-]?[0-9]+");
  }
}
