package io.tandem.data;

/** Which of the labels of CIFAR-100 are the classes; CIFAR-10 has only one. */
public enum CifarLabels {
  /** The hundred classes. */
  FINE,
  /** The twenty groups of five. */
  COARSE
}
