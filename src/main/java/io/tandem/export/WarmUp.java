package io.tandem.export;

import com.google.protobuf.MessageLite;
import io.tandem.disk.Disk;
import io.tandem.export.proto.PredictionLog;
import io.tandem.export.wire.TfRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that TensorFlow Serving replays when it loads a version, for each batch size. A
 * request that fails keeps the version from being served.
 */
final class WarmUp {
  static final String FILE = ExtraFile.FOLDER + "/tf_serving_warmup_requests";

  private WarmUp() {}

  /** Records them in a version's directory. */
  static void write(Disk disk, Path version, String name, Servable what, List<Integer> batchSizes)
      throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (int batch : batchSizes) {
      what.requests(name, batch).stream().map(MessageLite::toByteArray).forEach(records::add);
    }
    disk.write(version.resolve(FILE), TfRecords.encode(records));
  }

  /** Those of a version. */
  static List<PredictionLog> read(Path version) throws IOException {
    List<PredictionLog> requests = new ArrayList<>();
    for (byte[] record : TfRecords.decode(Files.readAllBytes(version.resolve(FILE)))) {
      requests.add(PredictionLog.parseFrom(record));
    }
    return requests;
  }
}
