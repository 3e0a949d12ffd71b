package io.tandem.report.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;

/**
 * TensorBoard events in TFRecord framing: length (8 bytes, little-endian), masked CRC32C of the
 * length, data, masked CRC32C of the data.
 */
final class EventRecords {
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int FRAME = HEADER + Integer.BYTES;
  private static final int MASK = 0xa282ead8;

  private EventRecords() {}

  static byte[] encode(Event event) {
    byte[] data = event.toByteArray();
    ByteBuffer record = ByteBuffer.allocate(FRAME + data.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedCrc(record.array(), 0, Long.BYTES));
    record.put(data);
    record.putInt(maskedCrc(record.array(), HEADER, data.length));
    return record.array();
  }

  static byte[] encode(List<Event> events) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    events.forEach(event -> all.writeBytes(encode(event)));
    return all.toByteArray();
  }

  /** The events of the intact prefix. */
  static List<Event> decode(byte[] content) {
    List<Event> events = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int start = 0;
    while (content.length - start >= FRAME) {
      long length = buffer.getLong(start);
      if (length < 0
          || length > content.length - start - FRAME
          || buffer.getInt(start + Long.BYTES) != maskedCrc(content, start, Long.BYTES)) {
        break;
      }
      int size = (int) length;
      if (buffer.getInt(start + HEADER + size) != maskedCrc(content, start + HEADER, size)) {
        break;
      }
      try {
        events.add(Event.parseFrom(ByteBuffer.wrap(content, start + HEADER, size)));
      } catch (InvalidProtocolBufferException notAnEvent) {
        break;
      }
      start += FRAME + size;
    }
    return events;
  }

  private static int maskedCrc(byte[] data, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, offset, length);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + MASK;
  }
}
