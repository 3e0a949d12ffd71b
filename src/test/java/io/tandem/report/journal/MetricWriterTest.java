package io.tandem.report.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.Disk;
import io.tandem.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;

/** TensorBoard shows what the event files say: each step once, with right checksums. */
class MetricWriterTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Samples.BEGAN);
  @TempDir Path directory;

  @Test
  void encode_knownEvent_hasTheBytesOfTheFormat() {
    Event event = Event.newBuilder().setStep(1).build();
    byte[] record = EventRecords.encode(event);
    assertThat(record).hasSize(8 + 4 + 2 + 4).startsWith(2, 0, 0, 0, 0, 0, 0, 0);
    assertThat(Arrays.copyOfRange(record, 12, 14)).isEqualTo(event.toByteArray());
    assertThat(EventRecords.decode(record)).containsExactly(event);
  }

  /** The first twelve bytes of every event file that TensorFlow itself writes. */
  @Test
  void open_newFile_beginsLikeThoseOfTensorFlow() throws IOException {
    write(-1);
    assertThat(Files.readAllBytes(files().get(0)))
        .startsWith(0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09);
  }

  @Test
  void decode_anyPrefixOrFlippedByte_givesAPrefixOfTheEvents() {
    List<Event> events = new ArrayList<>();
    for (int step = 0; step < 4; step++) {
      events.add(Event.newBuilder().setStep(step).setWallTime(step).build());
    }
    byte[] content = EventRecords.encode(events);
    for (int position = 0; position < content.length; position++) {
      List<Event> prefix = EventRecords.decode(Arrays.copyOf(content, position));
      assertThat(prefix).isEqualTo(events.subList(0, prefix.size()));
      byte[] flipped = content.clone();
      flipped[position] ^= 16;
      assertThat(EventRecords.decode(flipped)).isEqualTo(prefix);
    }
  }

  @Test
  void open_resumed_dropsLaterStepsAndHasEveryStepOnce() throws IOException {
    write(-1, 1, 2, 3, 4);
    write(2, 3, 4, 5);
    write(4, 5, 6);
    List<Event> events = read();
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.stream().skip(1).map(Event::getStep)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(events.get(1).getSummary().getValue(0).getTag()).isEqualTo("loss");
    assertThat(events.get(1).getSummary().getValue(0).getSimpleValue()).isEqualTo(0.5f);
    assertThat(events.get(1).getSummary().getValueCount()).isEqualTo(1);
  }

  @Test
  void open_tornTailAndAFileLeftByAKill_hasEveryStepOnce() throws IOException {
    write(-1, 1, 2);
    Path file = files().get(0);
    byte[] content = Files.readAllBytes(file);
    Files.write(file.resolveSibling(file.getFileName() + ".copy"), content);
    Files.write(file, Arrays.copyOf(content, content.length - 3));
    write(2, 3);
    assertThat(read().stream().skip(1).map(Event::getStep)).containsExactly(1L, 2L, 3L);
  }

  private void write(long keptStep, long... steps) {
    try (MetricWriter writer = MetricWriter.open(Disk.system(), directory, keptStep, CLOCK)) {
      for (long step : steps) {
        writer.scalars(step, Map.of("loss", 0.5 * step, "cosine", Double.NaN));
      }
    }
  }

  private List<Event> read() throws IOException {
    assertThat(files()).hasSize(1);
    return EventRecords.decode(Files.readAllBytes(files().get(0)));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
