package io.tandem.report.journal;

import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * Scalars for TensorBoard. Each session writes one event file; opening carries the steps that a
 * resume keeps over from the files before it and deletes those, so that no step appears twice.
 */
public final class MetricWriter implements Closeable {
  private static final String PREFIX = "events.out.tfevents.";
  private static final String VERSION = "brain.Event:2";
  private static final double NANOS = 1e9;

  private final Path file;
  private final Disk.Output output;
  private final InstantSource clock;
  private long length;
  private boolean torn;

  private MetricWriter(Path file, Disk.Output output, long length, InstantSource clock) {
    this.file = file;
    this.output = output;
    this.clock = clock;
    this.length = length;
  }

  /**
   * Opens the writer of a session.
   *
   * @param disk where to
   * @param directory holds the event files; created where it is missing
   * @param keptStep steps up to this one are kept from earlier sessions, later ones dropped; -1 for
   *     a new run
   * @param clock gives the times that TensorBoard shows
   * @throws UserError if the disk refuses
   */
  public static MetricWriter open(Disk disk, Path directory, long keptStep, InstantSource clock) {
    try {
      disk.createDirectories(directory);
      List<Path> former = files(directory);
      List<Event> events = new ArrayList<>();
      events.add(Event.newBuilder().setWallTime(seconds(clock)).setFileVersion(VERSION).build());
      events.addAll(kept(former, keptStep));
      Path file = directory.resolve(name(former, clock));
      byte[] content = EventRecords.encode(events);
      AtomicFile.write(disk, file, content);
      for (Path old : former) {
        disk.delete(old);
      }
      return new MetricWriter(file, disk.append(file), content.length, clock);
    } catch (IOException failure) {
      throw DiskErrors.error(directory, failure);
    }
  }

  /**
   * Appends scalars and hands them to the operating system. Values that are not finite are left
   * out: TensorBoard cannot draw them.
   *
   * @param step number of the outer step
   * @param values by tag, for example {@code loss/validation}
   * @throws UserError if the disk refuses
   */
  public void scalars(long step, Map<String, Double> values) {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) -> {
          if (Double.isFinite(value)) {
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue()));
          }
        });
    Event event =
        Event.newBuilder().setWallTime(seconds(clock)).setStep(step).setSummary(summary).build();
    byte[] record = EventRecords.encode(event);
    try {
      if (torn) {
        output.truncate(length);
        torn = false;
      }
      torn = true;
      output.write(record);
      torn = false;
      length += record.length;
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /**
   * Appends the figures of an outer step.
   *
   * @param entry the step
   * @throws UserError if the disk refuses
   */
  public void step(JournalEntry.Step entry) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss/training", entry.trainingLoss());
    values.put("loss/validation", entry.validationLoss());
    values.put("loss/validation_after", entry.validationLossAfter());
    values.put("accuracy/validation", entry.accuracy());
    values.put("controller/reward", entry.reward());
    values.put("controller/entropy", entry.entropy());
    values.put("gradient/direct_norm", entry.directNorm());
    values.put("gradient/response_norm", entry.responseNorm());
    values.put("gradient/cosine", entry.cosine());
    values.put("samples/dropped", (double) entry.dropped());
    scalars(entry.step(), values);
  }

  @Override
  public void close() {
    try {
      output.close();
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /** A killed session may have left the same step in two files: the first counts. */
  private static List<Event> kept(List<Path> files, long keptStep) throws IOException {
    List<Event> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Path file : files) {
      for (Event event : EventRecords.decode(Files.readAllBytes(file))) {
        if (event.hasSummary() && event.getStep() <= keptStep && seen.add(key(event))) {
          kept.add(event);
        }
      }
    }
    return kept;
  }

  private static String key(Event event) {
    StringBuilder key = new StringBuilder().append(event.getStep());
    event.getSummary().getValueList().forEach(value -> key.append('\n').append(value.getTag()));
    return key.toString();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .sorted()
          .toList();
    }
  }

  /** TensorBoard reads files in the order of their names. */
  private static String name(List<Path> former, InstantSource clock) {
    long second = clock.instant().getEpochSecond();
    for (Path file : former) {
      String digits = file.getFileName().toString().substring(PREFIX.length()).split("\\.", 2)[0];
      if (digits.matches("\\d{1,12}")) {
        second = Math.max(second, Long.parseLong(digits) + 1);
      }
    }
    return String.format(Locale.ROOT, "%s%010d.tandem", PREFIX, second);
  }

  private static double seconds(InstantSource clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() + now.getNano() / NANOS;
  }
}
