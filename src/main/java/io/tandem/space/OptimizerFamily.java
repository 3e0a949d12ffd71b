package io.tandem.space;

/** An update rule that trains a child network. */
public enum OptimizerFamily {
  /** Plain stochastic gradient descent. */
  SGD,
  /** Heavy-ball momentum (Polyak 1964). */
  MOMENTUM,
  /** Nesterov's accelerated gradient in the form of Sutskever et al. 2013. */
  NESTEROV,
  /** RMSProp (Tieleman and Hinton 2012). */
  RMSPROP,
  /** Adam (Kingma and Ba 2015), weight decay added to the gradient. */
  ADAM,
  /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
  ADAMW
}
