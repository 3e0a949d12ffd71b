package io.tandem.space;

/**
 * One choice that the controller makes. Its width is the number of integers (discrete decisions) or
 * reals (continuous ones) that record the choice.
 */
public sealed interface Decision {
  /** Unique name, for example {@code layer0/units}. */
  String name();

  /** Number of recorded values. */
  default int width() {
    return 1;
  }

  /**
   * One of {@code options} alternatives.
   *
   * @param name unique name
   * @param options number of alternatives, at least 1
   */
  record Categorical(String name, int options) implements Decision {
    /** Checks that there is something to choose from. */
    public Categorical {
      if (options < 1) {
        throw new IllegalArgumentException(name + " needs at least one option");
      }
    }
  }

  /**
   * A subset of the earlier layers: one independent yes or no (1 or 0) for each.
   *
   * @param name unique name
   * @param earlier number of earlier layers, at least 1; the decision belongs to layer {@code
   *     earlier}, counted from 0
   */
  record Skips(String name, int earlier) implements Decision {
    /** Checks that there is an earlier layer. */
    public Skips {
      if (earlier < 1) {
        throw new IllegalArgumentException(name + " needs an earlier layer");
      }
    }

    @Override
    public int width() {
      return earlier;
    }
  }

  /**
   * A share in (0, 1) of the way from one end of a range to the other, on the scale of the
   * quantity: what the range is may depend on decisions before it.
   *
   * @param name unique name
   */
  record Continuous(String name) implements Decision {}
}
