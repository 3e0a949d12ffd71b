package io.tandem.graph.session;

import java.util.Iterator;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.AttrValue;

/**
 * Sums that add their terms in the order in which they have them.
 *
 * <p>{@code AddN} writes into whichever of its inputs nobody else holds any more, and begins with
 * that one. With three inputs or more its last bits depend on how far other threads are. An
 * attribute that TensorFlow has for its own passes keeps an operation from writing into its inputs.
 */
public final class SumOrder {
  // TensorFlow's OpKernelContext::Params::kNeverForward, for output 0.
  private static final byte[] NEVER =
      AttrValue.newBuilder()
          .setList(AttrValue.ListValue.newBuilder().addI(-2).addI(0))
          .build()
          .toByteArray();
  private static final int COMMUTATIVE = 2;

  private SumOrder() {}

  /**
   * Keeps the order of all sums that a graph has by now.
   *
   * @param graph no session has run it yet
   */
  public static void keep(Graph graph) {
    // Of the graph only its lock and the sessions that have seen it are used; the one of TensorFlow
    // Java cannot be had.
    try (BytePointer bytes = new BytePointer(NEVER);
        TF_Graph any = TF_Graph.newGraph();
        TF_Status status = TF_Status.newStatus()) {
      TF_Buffer never = tensorflow.TF_NewBufferFromString(bytes, NEVER.length);
      Iterator<GraphOperation> operations = graph.operations();
      while (operations.hasNext()) {
        GraphOperation operation = operations.next();
        if (operation.type().equals("AddN") && operation.numInputs() > COMMUTATIVE) {
          TF_Operation handle = operation.getUnsafeNativeHandle();
          tensorflow.TF_SetAttr(any, handle, "_forward_input", never, status);
          status.throwExceptionIfNotOK();
        }
      }
      tensorflow.TF_DeleteBuffer(never);
    }
  }
}
