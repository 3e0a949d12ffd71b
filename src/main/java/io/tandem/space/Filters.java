package io.tandem.space;

/**
 * Channels of the layers of a macro network.
 *
 * @param first of the layers before the first reduction, at least 2
 * @param doubled whether every reduction doubles them, as the code published with Pham et al. 2018
 *     does in networks that are trained by themselves; otherwise all layers have the same
 */
public record Filters(int first, boolean doubled) {
  /** Checks the number. */
  public Filters {
    if (first < 2) {
      throw new IllegalArgumentException("a macro network needs two filters, got " + first);
    }
  }

  /** The same in all layers. */
  public Filters(int all) {
    this(all, false);
  }

  /**
   * Channels of a layer.
   *
   * @param reductions how many there are before it
   */
  public int behind(int reductions) {
    return doubled ? first << reductions : first;
  }

  /** For people. */
  public String text() {
    return first + " filters" + (doubled ? ", doubled at each reduction" : "");
  }
}
