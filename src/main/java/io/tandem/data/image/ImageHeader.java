package io.tandem.data.image;

import io.tandem.data.Quote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What the first bytes of an image file say, before memory is taken for its pixels. Formats: JPEG
 * (ITU-T T.81, annex B) and PNG (ISO/IEC 15948, section 11.2).
 *
 * @param png whether it is PNG; otherwise it is JPEG
 * @param height rows of stored pixels, positive
 * @param width stored pixels of a row, positive
 * @param grey whether all stored pixels are grey
 */
public record ImageHeader(boolean png, int height, int width, boolean grey) {
  private static final int LARGEST_SIDE = 32_768;
  private static final long MOST_PIXELS = 50_000_000;
  private static final String PNG = "89504e470d0a1a0a";
  private static final String JPEG = "ffd8ff";
  private static final int SIGNATURE = 8;
  private static final int WORD = 4;
  private static final int RGB = 3;
  private static final int PALETTE = 3;
  private static final int COLOUR_TYPE = 25;
  private static final int IHDR_LENGTH = 13;

  /** Checks the size. */
  public ImageHeader {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("no image: " + height + " x " + width);
    }
  }

  /**
   * Reads it.
   *
   * @param bytes of the file
   * @throws DamagedImageException if it is neither JPEG nor PNG, ends in its header, or is too
   *     large
   */
  public static ImageHeader of(byte[] bytes) throws DamagedImageException {
    if (bytes.length == 0) {
      throw new DamagedImageException("the file is empty");
    }
    String first = HexFormat.of().formatHex(bytes, 0, Math.min(SIGNATURE, bytes.length));
    if (first.equals(PNG)) {
      return png(bytes);
    }
    if (first.startsWith(JPEG)) {
      return jpeg(bytes);
    }
    throw new DamagedImageException("begins with " + first + ", expected a JPEG or PNG file");
  }

  private static ImageHeader png(byte[] bytes) throws DamagedImageException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (bytes.length <= COLOUR_TYPE) {
      throw new DamagedImageException("the file ends in its header");
    }
    if (file.getInt(SIGNATURE) != IHDR_LENGTH || !name(bytes, SIGNATURE + WORD).equals("IHDR")) {
      throw new DamagedImageException("byte 8: expected the header chunk IHDR of PNG");
    }
    int type = bytes[COLOUR_TYPE];
    // Bit 1 says that there are colours, bit 0 that they are in a palette.
    boolean grey = type == PALETTE ? greyPalette(bytes) : (type & 2) == 0;
    return sized(true, file.getInt(20), file.getInt(16), grey);
  }

  private static boolean greyPalette(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int position = SIGNATURE;
    while (position + 3 * WORD <= bytes.length) {
      int length = file.getInt(position);
      int data = position + 2 * WORD;
      // A chunk that cannot be leads nowhere, or back.
      if (length < 0 || length > bytes.length - data - WORD) {
        return false;
      }
      if (name(bytes, position + WORD).equals("PLTE")) {
        for (int colour = data; colour + RGB <= data + length; colour += RGB) {
          if (bytes[colour] != bytes[colour + 1] || bytes[colour] != bytes[colour + 2]) {
            return false;
          }
        }
        return true;
      }
      position = data + length + WORD;
    }
    return false;
  }

  private static String name(byte[] bytes, int position) {
    return new String(bytes, position, WORD, StandardCharsets.ISO_8859_1);
  }

  /** Goes from marker to marker up to the frame header, which has the size. */
  private static ImageHeader jpeg(byte[] bytes) throws DamagedImageException {
    int position = 2;
    while (position + 10 <= bytes.length) {
      // A zero after 255 stands for 255 among pixels, and is passed over elsewhere.
      if ((bytes[position] & 0xff) != 0xff || bytes[position + 1] == 0) {
        throw new DamagedImageException(
            Quote.format("byte %d: expected a marker of JPEG", position));
      }
      int marker = bytes[position + 1] & 0xff;
      if (marker == 0xff) {
        position++;
      } else if (isAlone(marker)) {
        position += 2;
      } else if (isFrame(marker)) {
        return sized(
            false,
            number(bytes, position + 5),
            number(bytes, position + 7),
            (bytes[position + 9] & 0xff) == 1);
      } else {
        position += 2 + number(bytes, position + 2);
      }
    }
    throw new DamagedImageException("the file ends in its header");
  }

  /**
   * Markers without a length: RST0 to RST7 and TEM. Whoever took what follows for one would pass
   * over a frame header that decoders find.
   */
  private static boolean isAlone(int marker) {
    return marker >= 0xd0 && marker <= 0xd7 || marker == 0x01;
  }

  /** Start of frame: all of C0 to CF but for the tables C4, C8 and CC. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static int number(byte[] bytes, int position) {
    return (bytes[position] & 0xff) << 8 | (bytes[position + 1] & 0xff);
  }

  private static ImageHeader sized(boolean png, int height, int width, boolean grey)
      throws DamagedImageException {
    if (width < 1
        || height < 1
        || width > LARGEST_SIDE
        || height > LARGEST_SIDE
        || (long) width * height > MOST_PIXELS) {
      throw new DamagedImageException(
          Quote.format(
              "%d x %d pixels, expected at least 1, at most %d and sides of at most %d",
              Integer.toUnsignedLong(height),
              Integer.toUnsignedLong(width),
              MOST_PIXELS,
              LARGEST_SIDE));
    }
    return new ImageHeader(png, height, width, grey);
  }
}
