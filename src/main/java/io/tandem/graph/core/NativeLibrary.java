package io.tandem.graph.core;

/** TensorFlow's native library. */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Begins to load it, so that reading data takes no extra time. Whoever needs it waits for it, and
   * sees its error if it has one.
   */
  public static void loadInBackground() {
    Thread loader = new Thread(GradientRegistry::install, "tensorflow-loader");
    loader.setDaemon(true);
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.start();
  }
}
