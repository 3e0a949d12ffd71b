package io.tandem.graph.session;

import io.tandem.disk.UserError;
import io.tandem.graph.core.Precision;
import org.tensorflow.DeviceSpec;
import org.tensorflow.op.Ops;

/**
 * Where the nodes of a graph are computed and in which number format. Networks go to the device of
 * the settings. The controller, whose steps are many and small, and the tensors that choose
 * branches and sizes stay on the CPU, so that an accelerator never waits for a branch index.
 *
 * <p>TensorFlow adds the nodes of derivatives itself and without a device; on a machine with a GPU
 * it places those that the GPU can compute there.
 *
 * @param gpu whether networks are computed on the first GPU instead of the CPU
 * @param searchedInVain whether a GPU would have been used if there were one
 * @param precision number format of the networks' large products
 */
public record Placement(boolean gpu, boolean searchedInVain, Precision precision) {
  private static final DeviceSpec HOST = device(DeviceSpec.DeviceType.CPU);
  private static final DeviceSpec ACCELERATOR = device(DeviceSpec.DeviceType.GPU);

  /**
   * The placement that the settings ask for on this machine.
   *
   * @param settings device, memory, precision
   * @throws UserError if they ask for a GPU and there is none
   */
  public static Placement of(RuntimeSettings settings) {
    if (settings.device() == Device.CPU) {
      return new Placement(false, false, settings.precision());
    }
    boolean present = Accelerators.gpuPresent(SessionConfig.of(settings));
    if (!present && settings.device() == Device.GPU) {
      throw new UserError(
          UserError.Kind.USAGE,
          "runtime.device: GPU is not allowed here, TensorFlow found no GPU; use AUTO or CPU, or"
              + " where there is one build with the Maven profile gpu (TANDEM_MAVEN_ARGS=-Pgpu)");
    }
    return new Placement(present, !present, settings.precision());
  }

  /**
   * Refuses settings that this machine cannot meet, without a look at the machine where they leave
   * it free.
   *
   * @param settings device
   * @throws UserError if they ask for a GPU and there is none
   */
  public static void require(RuntimeSettings settings) {
    if (settings.device() == Device.GPU) {
      of(settings);
    }
  }

  /** Everything on the CPU, in float32. */
  public static Placement cpu() {
    return new Placement(false, false, Precision.FLOAT32);
  }

  /** A line for people: where networks are computed. */
  public String text() {
    if (gpu) {
      return "device: GPU";
    }
    return searchedInVain ? "device: CPU (TensorFlow found no GPU)" : "device: CPU";
  }

  /**
   * Adds nodes of a network.
   *
   * @param tf where they would be added otherwise
   */
  public Ops network(Ops tf) {
    return tf.withDevice(gpu ? ACCELERATOR : HOST);
  }

  /**
   * Adds nodes that are always computed on the CPU.
   *
   * @param tf where they would be added otherwise
   */
  public static Ops host(Ops tf) {
    return tf.withDevice(HOST);
  }

  private static DeviceSpec device(DeviceSpec.DeviceType type) {
    return DeviceSpec.newBuilder().deviceType(type).deviceIndex(0).build();
  }
}
