package io.tandem.graph.session;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/** The devices that TensorFlow found on this machine. */
final class Accelerators {
  private Accelerators() {}

  /**
   * Whether there is a GPU that TensorFlow can use. TensorFlow Java lists no devices, so its C
   * interface is asked, by an empty session.
   *
   * @param config options of the sessions to come: the first session of a process decides how GPU
   *     memory is taken
   */
  static boolean gpuPresent(ConfigProto config) {
    TensorFlow.version(); // loads the native library
    PointerScope scope = new PointerScope(); // frees what is made in it
    try {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      byte[] bytes = config.toByteArray();
      tensorflow.TF_SetConfig(options, new BytePointer(bytes), bytes.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList devices = tensorflow.TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      try {
        boolean found = false;
        for (int device = 0; device < tensorflow.TF_DeviceListCount(devices); device++) {
          found |= tensorflow.TF_DeviceListType(devices, device, status).getString().equals("GPU");
        }
        return found;
      } finally {
        tensorflow.TF_DeleteDeviceList(devices);
      }
    } finally {
      scope.close();
    }
  }
}
