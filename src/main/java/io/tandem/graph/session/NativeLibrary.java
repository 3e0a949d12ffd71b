package io.tandem.graph.session;

import io.tandem.disk.UserError;
import io.tandem.graph.gradient.GradientRegistry;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * TensorFlow's native library. Whatever makes or changes files and needs it asks for it first, so
 * that a machine without it is left as it was.
 */
public final class NativeLibrary {
  private static final String PLACE = "/org/tensorflow/internal/c_api/";

  /** Loading is tried once: Java tells why it failed the first time only. */
  private static final class Loaded {
    static final Optional<UserError> FAILURE = load();
  }

  private NativeLibrary() {}

  /**
   * Begins to load it, so that reading data takes no extra time. Whoever needs it waits for it by
   * {@link #require}.
   *
   * @throws UserError if TensorFlow has none for this platform
   */
  public static void loadInBackground() {
    NativePlatform platform = NativePlatform.current();
    if (!platform.isSupported()) {
      throw unsupported(platform);
    }
    Thread loader = new Thread(NativeLibrary::require, "tensorflow-loader");
    loader.setDaemon(true);
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.start();
  }

  /**
   * Loads it.
   *
   * @throws UserError if it cannot be loaded; says what is supported and what to do
   */
  public static void require() {
    Loaded.FAILURE.ifPresent(
        failure -> {
          throw new UserError(failure.kind(), String.valueOf(failure.getMessage()), failure);
        });
  }

  private static Optional<UserError> load() {
    NativePlatform platform = NativePlatform.current();
    if (!platform.isSupported()) {
      return Optional.of(unsupported(platform));
    }
    try {
      GradientRegistry.install();
      return Optional.empty();
    } catch (LinkageError failure) {
      return Optional.of(isPresent() ? broken(platform, failure) : missing(platform, failure));
    }
  }

  private static boolean isPresent() {
    String file = "/" + System.mapLibraryName("jnitensorflow");
    return Stream.of("", "-gpu")
        .anyMatch(
            variant ->
                NativeLibrary.class.getResource(PLACE + Loader.getPlatform() + variant + file)
                    != null);
  }

  static UserError unsupported(NativePlatform platform) {
    return new UserError(
        UserError.Kind.RUN,
        "TensorFlow has no library for "
            + platform.text()
            + "; it has some for "
            + NativePlatform.SUPPORTED
            + ": use such a machine, or a container of such a Linux");
  }

  private static UserError missing(NativePlatform platform, LinkageError failure) {
    return new UserError(
        UserError.Kind.RUN,
        "TensorFlow's library for "
            + platform.text()
            + " is not among the program's files (supported: "
            + NativePlatform.SUPPORTED
            + "); build the program on this machine, or unpack a distribution built on such a one",
        failure);
  }

  private static UserError broken(NativePlatform platform, LinkageError failure) {
    Throwable reason = failure;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return new UserError(
        UserError.Kind.RUN,
        "TensorFlow's library for "
            + platform.text()
            + " cannot be loaded: "
            + String.valueOf(reason.getMessage()).replaceAll("\\s+", " ")
            + " (supported: "
            + NativePlatform.SUPPORTED
            + "); install what is missing, or make room for it in ~/.javacpp/cache",
        failure);
  }
}
