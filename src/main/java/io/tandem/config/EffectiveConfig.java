package io.tandem.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A configuration with nothing left open.
 *
 * @param experiment the checked values
 * @param text the same as protobuf text with every field; {@link ConfigLoader#restore} reads it
 */
public record EffectiveConfig(Experiment experiment, String text) {
  /** SHA-256 of the text in hexadecimal: equal where and only where every setting is. */
  public String hash() {
    return hash(text);
  }

  /** {@link #hash()} of a configuration that was saved as a text, perhaps by another version. */
  public static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
