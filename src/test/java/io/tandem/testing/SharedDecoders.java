package io.tandem.testing;

import io.tandem.data.ImageSettings;
import io.tandem.data.image.DamagedImageException;
import io.tandem.data.image.ImageDecoder;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decoders that stay open from one loading to the next, for tests that load very often. */
public final class SharedDecoders {
  private static final Map<ImageSettings, ImageDecoder> OPEN = new ConcurrentHashMap<>();

  private SharedDecoders() {}

  /** The decoder for some settings. */
  public static ImageDecoder open(ImageSettings settings) {
    ImageDecoder decoder = OPEN.computeIfAbsent(settings, GraphImageDecoder::new);
    return new ImageDecoder() {
      @Override
      public Decoded decode(byte[] bytes) throws DamagedImageException {
        return decoder.decode(bytes);
      }

      @Override
      public void close() {}
    };
  }
}
