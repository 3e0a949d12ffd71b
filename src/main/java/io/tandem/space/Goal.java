package io.tandem.space;

/** The goal of the training, with the figure that people judge it by. */
public enum Goal {
  /** To tell classes apart: the share that is right. The reward is minus the loss. */
  ACCURACY {
    @Override
    public double figure(double loss, double score) {
      return score;
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
   * To predict numbers: the coefficient of determination, R², of which more is better; 0 is what
   * always predicting the mean has. The reward is minus the loss.
   */
  R2 {
    @Override
    public double figure(double loss, double score) {
      return score;
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
    public double figure(double loss, double score) {
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
   * @param loss mean loss; of classes and words the cross-entropy in nats
   * @param score of classes and words the share that is right, 0..1; of numbers R²
   */
  public abstract double figure(double loss, double score);

  /** Whether the reward is minus the loss. */
  public boolean rewardsLoss() {
    return this != PERPLEXITY;
  }

  /** Whether a figure is better than another; what is not a number is not. */
  public abstract boolean isBetter(double figure, double other);

  /**
   * What the controller is to make large.
   *
   * @param loss mean loss
   */
  public abstract double reward(double loss);

  /** The loss that has a reward. */
  public abstract double loss(double reward);

  /** What the score is called, in small letters: that of words is their accuracy. */
  public String score() {
    return this == R2 ? text() : ACCURACY.text();
  }

  /** Unit of the loss, for pictures: that of numbers was chosen by the user. */
  public String lossUnit() {
    return this == R2 ? "loss" : "nats";
  }

  /** What the figure is called, in small letters. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
