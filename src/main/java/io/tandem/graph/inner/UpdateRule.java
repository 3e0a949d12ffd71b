package io.tandem.graph.inner;

/** An update rule that is fixed when the graph is built. */
public enum UpdateRule {
  /** Plain stochastic gradient descent. */
  SGD,
  /** Heavy-ball momentum (Polyak 1964). */
  MOMENTUM,
  /** Momentum as an average of gradients (Maclaurin et al. 2015). */
  AVERAGED_MOMENTUM,
  /** Accelerated gradient (Sutskever et al. 2013). */
  NESTEROV,
  /** RMSProp with momentum (Tieleman and Hinton 2012). */
  RMSPROP,
  /** Adam (Kingma and Ba 2015). */
  ADAM,
  /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
  ADAMW;

  /**
   * The rule's update.
   *
   * @param settings constants of the rules with a second moment, unless the tensors have their own
   */
  public OptimizerUpdate update(InnerSettings settings) {
    return switch (this) {
      case SGD -> new Sgd();
      case MOMENTUM -> new Momentum();
      case AVERAGED_MOMENTUM -> new AveragedMomentum();
      case NESTEROV -> new Nesterov();
      case RMSPROP -> new RmsProp(settings);
      case ADAM -> new Adam(settings);
      case ADAMW -> new AdamW(settings);
    };
  }

  /** Whether a momentum, or β1, has an effect. */
  public boolean hasMomentum() {
    return this != SGD;
  }

  /** Whether β2 and ε have an effect. */
  public boolean hasSecondMoment() {
    return switch (this) {
      case RMSPROP, ADAM, ADAMW -> true;
      case SGD, MOMENTUM, AVERAGED_MOMENTUM, NESTEROV -> false;
    };
  }
}
