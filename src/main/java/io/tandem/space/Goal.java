package io.tandem.space;

/** What networks are to do well at, and the figure by which people judge it. */
public enum Goal {
  /** To tell classes apart: the share that is right. The reward is minus the loss. */
  ACCURACY {
    @Override
    public double figure(double loss, double accuracy) {
      return accuracy;
    }

    @Override
    public boolean isBetter(double figure, double other) {
      return figure > other;
    }

    @Override
    public double reward(double loss) {
      return -loss;
    }

    @Override
    public double loss(double reward) {
      return -reward;
    }
  },
  /**
   * To guess the next word: perplexity, {@code exp(loss)}, of which less is better. The reward is
   * {@value #REWARDED} / perplexity (Zoph and Le 2016, section 4.2; Pham et al. 2018, section 3.1).
   */
  PERPLEXITY {
    @Override
    public double figure(double loss, double accuracy) {
      return Math.exp(loss);
    }

    @Override
    public boolean isBetter(double figure, double other) {
      return figure < other;
    }

    @Override
    public double reward(double loss) {
      return REWARDED * Math.exp(-loss);
    }

    @Override
    public double loss(double reward) {
      return Math.log(REWARDED) - Math.log(reward);
    }
  };

  /** Perplexity whose reward is 1. */
  public static final double REWARDED = 80;

  /**
   * The figure.
   *
   * @param loss mean cross-entropy in nats
   * @param accuracy share that is right, 0..1
   */
  public abstract double figure(double loss, double accuracy);

  /** Whether a figure is better than another; what is not a number is not. */
  public abstract boolean isBetter(double figure, double other);

  /**
   * What the controller is to make large.
   *
   * @param loss mean cross-entropy in nats
   */
  public abstract double reward(double loss);

  /** The loss that has a reward. */
  public abstract double loss(double reward);

  /** What the figure is called, in small letters. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
