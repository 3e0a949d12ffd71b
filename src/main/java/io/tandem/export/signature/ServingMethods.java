package io.tandem.export.signature;

/** The calls of TensorFlow Serving that signatures answer. */
final class ServingMethods {
  static final String PREDICT = "tensorflow/serving/predict";
  static final String CLASSIFY = "tensorflow/serving/classify";
  static final String REGRESS = "tensorflow/serving/regress";

  private ServingMethods() {}
}
