package io.tandem.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Ctrl-C, a request to terminate, or the end of the terminal: the first asks loops to write a
 * checkpoint and stop, the second ends the program at once.
 *
 * <p>Signals that are ignored when the program starts stay so: {@code nohup} asks for that, and
 * shells do for Ctrl-C when they start something in the background. Java leaves those alone by
 * itself.
 */
final class Interruption implements BooleanSupplier {
  /** Exit code after an interruption. */
  static final int EXIT_CODE = 130;

  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final AtomicBoolean requested = new AtomicBoolean();
  private final String resume;

  private Interruption(String resume) {
    this.resume = resume;
  }

  /**
   * Listens from now on.
   *
   * @param resume the command that resumes the run
   */
  static Interruption listen(String resume) {
    Interruption interruption = new Interruption(resume);
    List<String> refused =
        SIGNALS.stream().filter(name -> !hears(name, interruption::request)).toList();
    if (!refused.isEmpty()) {
      System.err.println(
          String.join(", ", refused) + ": this Java ends without a checkpoint when it gets them");
    }
    return interruption;
  }

  /**
   * Lets the signals end the program, until somebody listens to them. By itself Java would end it
   * with a code for each.
   *
   * @param end gets {@link #EXIT_CODE}
   */
  static void endProgram(IntConsumer end) {
    SIGNALS.forEach(name -> hears(name, () -> end.accept(EXIT_CODE)));
  }

  /** Whether the work should stop after a checkpoint. */
  @Override
  public boolean getAsBoolean() {
    return requested.get();
  }

  /**
   * {@code sun.misc.Signal} is the JDK's only way to hear a second Ctrl-C; the compiler warns of
   * its name, so it is called by reflection. Where it is absent, or Java was told to leave signals
   * alone, they end the program as usual and the last checkpoint is what remains.
   */
  private static boolean hears(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
      return true;
    } catch (ReflectiveOperationException refused) {
      return false;
    }
  }

  private void request() {
    if (requested.getAndSet(true)) {
      System.err.println("stopped; resume it from the last checkpoint with: " + resume);
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    System.err.println("interrupted: writing a checkpoint; interrupt again to stop at once");
  }
}
