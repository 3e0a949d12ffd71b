package io.tandem.export.wire;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Tensors as messages, in the types that requests have. */
public final class TensorProtos {
  private TensorProtos() {}

  /** Floats, row by row. */
  public static TensorProto floats(float[] values, long... sizes) {
    ByteBuffer content = buffer(values.length * Float.BYTES);
    content.asFloatBuffer().put(values);
    return of(DataType.DT_FLOAT, sizes).setTensorContent(ByteString.copyFrom(content)).build();
  }

  /** Whole numbers, row by row. */
  public static TensorProto integers(int[] values, long... sizes) {
    ByteBuffer content = buffer(values.length * Integer.BYTES);
    content.asIntBuffer().put(values);
    return of(DataType.DT_INT32, sizes).setTensorContent(ByteString.copyFrom(content)).build();
  }

  /** Bytes, row by row. */
  public static TensorProto bytes(ByteString values, long... sizes) {
    return of(DataType.DT_UINT8, sizes).setTensorContent(values).build();
  }

  /** A vector of strings. */
  public static TensorProto strings(List<ByteString> values) {
    return of(DataType.DT_STRING, values.size()).addAllStringVal(values).build();
  }

  /**
   * The tensor of a message, to be closed by the caller.
   *
   * @throws IOException if it is of another type than those above
   */
  public static Tensor tensor(TensorProto proto) throws IOException {
    Shape shape =
        Shape.of(
            proto.getTensorShape().getDimList().stream().mapToLong(dim -> dim.getSize()).toArray());
    int size = Math.toIntExact(shape.size());
    ByteBuffer content =
        proto.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    switch (proto.getDtype()) {
      case DT_FLOAT -> {
        float[] values = new float[size];
        content.asFloatBuffer().get(values);
        return TFloat32.tensorOf(shape, DataBuffers.of(values));
      }
      case DT_INT32 -> {
        int[] values = new int[size];
        content.asIntBuffer().get(values);
        return TInt32.tensorOf(shape, DataBuffers.of(values));
      }
      case DT_UINT8 -> {
        return TUint8.tensorOf(shape, DataBuffers.of(proto.getTensorContent().toByteArray()));
      }
      case DT_STRING -> {
        return stringTensor(proto.getStringValList());
      }
      default -> throw new IOException("a warm-up request of type " + proto.getDtype());
    }
  }

  /** A vector of strings, to be closed by the caller. */
  public static TString stringTensor(List<ByteString> values) {
    byte[][] bytes = values.stream().map(ByteString::toByteArray).toArray(byte[][]::new);
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(bytes));
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto.Builder of(DataType type, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorProto.newBuilder().setDtype(type).setTensorShape(shape);
  }
}
