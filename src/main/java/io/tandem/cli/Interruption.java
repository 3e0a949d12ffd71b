package io.tandem.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C: the first asks loops to write a checkpoint and stop, the second ends the program at once.
 */
final class Interruption implements BooleanSupplier {
  /** Exit code after Ctrl-C. */
  static final int EXIT_CODE = 130;

  private final AtomicBoolean requested = new AtomicBoolean();

  /** Listens from now on. */
  static Interruption listen() {
    Interruption interruption = new Interruption();
    interruption.handle("INT");
    interruption.handle("TERM");
    return interruption;
  }

  /** Whether the work should stop after a checkpoint. */
  @Override
  public boolean getAsBoolean() {
    return requested.get();
  }

  /**
   * {@code sun.misc.Signal} is the JDK's only way to hear a second Ctrl-C; the compiler warns of
   * its name, so it is called by reflection. Where it is absent, Ctrl-C ends the program as usual
   * and the last checkpoint is what remains.
   */
  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  request();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
    } catch (ReflectiveOperationException absent) {
      System.err.println("Ctrl-C ends without a checkpoint on this Java: " + absent.getMessage());
    }
  }

  private void request() {
    if (requested.getAndSet(true)) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    System.err.println("interrupted: writing a checkpoint; once more ends at once");
  }
}
