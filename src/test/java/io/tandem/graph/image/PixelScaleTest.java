package io.tandem.graph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testing.Sessions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class PixelScaleTest {
  @Test
  void apply_bytesFrom0To255_areUnsignedAndScaledByChannel() {
    PixelScale scale = new PixelScale(new float[] {100, 0, 255}, new float[] {50, 255, 1});
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph);
        TUint8 bytes =
            TUint8.tensorOf(
                Shape.of(1, 2, 3),
                DataBuffers.of(new byte[] {0, (byte) 255, (byte) 255, (byte) 200, 51, 0}))) {
      Ops tf = Ops.create(graph);
      var input = tf.placeholder(TUint8.class);
      try (var result =
          session.runner().feed(input, bytes).fetch(scale.apply(tf, input, TFloat32.class)).run()) {
        float[] values = new float[6];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
        assertThat(values).containsExactly(-2, 1, 0, 2, 0.2f, -255);
      }
    }
  }

  @Test
  void constructor_scaleThatIsNotPositive_isRefused() {
    assertThatThrownBy(() -> new PixelScale(new float[] {1}, new float[] {0}))
        .hasMessageContaining("not positive");
    assertThatThrownBy(() -> new PixelScale(new float[] {1, 2}, new float[] {1}))
        .hasMessageContaining("2 means for 1 scales");
  }
}
