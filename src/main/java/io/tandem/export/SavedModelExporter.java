package io.tandem.export;

import com.google.protobuf.MessageLite;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.report.Disk;
import io.tandem.report.KillPoint;
import io.tandem.report.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.SavedModel;

/**
 * Writes a trained network as a SavedModel version that TensorFlow Serving 2.18 or later loads: see
 * {@link ServingGraph} for its signatures. The version is built aside, tried, made durable and
 * moved into its numeric directory in one step, so that a server finds it complete or not at all.
 */
public final class SavedModelExporter {
  private final ExportSettings settings;

  /**
   * Makes an exporter.
   *
   * @param settings batch sizes to warm up
   */
  public SavedModelExporter(ExportSettings settings) {
    this.settings = settings;
  }

  /**
   * Exports one version.
   *
   * @param model the network
   * @param base directory that holds the versions; created where it is missing
   * @param version its number, at least 1; {@link VersionDirectory#next} gives a free one
   * @param samples rows of raw features, also of images, for the warm-up requests and the self-test
   * @param card what people should know
   * @return the version's directory
   * @throws UserError if the version exists, the disk refuses or the self-test fails
   */
  public Path export(
      TrainedNetwork model, Path base, long version, Samples samples, ModelCard card) {
    Path target = base.resolve(Long.toString(version));
    if (Files.exists(target)) {
      throw new UserError(
          UserError.Kind.RUN, target + ": exists already; choose a higher version or delete it");
    }
    Path partial = VersionDirectory.partial(base, version);
    try {
      Files.createDirectories(base);
      Disk.system().delete(partial);
      build(model, partial, samples, card);
      KillPoint.reached("export.before-rename");
      Path published = VersionDirectory.publish(partial, target);
      KillPoint.reached("export.after-rename");
      return published;
    } catch (IOException | RuntimeException failure) {
      throw new UserError(
          UserError.Kind.RUN,
          target + ": cannot be exported: " + oneLine(failure) + "; check space and permissions",
          failure);
    }
  }

  private void build(TrainedNetwork model, Path partial, Samples samples, ModelCard card)
      throws IOException {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ServingGraph serving = ServingGraph.build(graph, model);
      serving.load(session);
      SavedModelBundle.exporter(partial.toString())
          .withTags("serve")
          .withSession(session)
          .withSignatures(serving.signatures().toArray(Signature[]::new))
          .export();
      KillPoint.reached("export.variables");
      complete(partial.resolve("saved_model.pb"));
      Files.createDirectories(partial.resolve(WarmUp.FILE).getParent());
      var requests = WarmUp.requests(card.name(), model, settings.batchSizes(), samples);
      Files.write(
          partial.resolve(WarmUp.FILE),
          TfRecords.encode(requests.stream().map(MessageLite::toByteArray).toList()));
      KillPoint.reached("export.warm-up");
      Files.writeString(partial.resolve(ModelCard.FILE), card.text());
      SelfTest.run(partial, session, serving.signatures());
    }
  }

  /**
   * Fills in the two versions that TensorFlow Java leaves empty and makes old versions accept it.
   */
  private static void complete(Path file) throws IOException {
    SavedModel.Builder model;
    try (InputStream input = Files.newInputStream(file)) {
      model = SavedModel.parseFrom(input).toBuilder();
    }
    model.setSavedModelSchemaVersion(1);
    model
        .getMetaGraphsBuilderList()
        .forEach(
            graph -> {
              graph.getMetaInfoDefBuilder().setTensorflowVersion(TensorFlow.version());
              DefaultAttributes.strip(graph);
            });
    Files.write(file, model.build().toByteArray());
  }

  private static String oneLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown reason");
  }
}
