package io.tandem.export;

/** The calls of TensorFlow Serving that signatures answer. */
final class ServingMethods {
  static final String PREDICT = "tensorflow/serving/predict";
  static final String CLASSIFY = "tensorflow/serving/classify";

  private ServingMethods() {}
}
