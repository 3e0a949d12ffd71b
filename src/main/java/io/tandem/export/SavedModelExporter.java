package io.tandem.export;

import com.google.protobuf.CodedOutputStream;
import io.tandem.disk.Disk;
import io.tandem.disk.KillPoint;
import io.tandem.disk.PlaceLock;
import io.tandem.disk.Unfinished;
import io.tandem.disk.UserError;
import io.tandem.export.signature.ServedVariables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.SavedModel;

/**
 * Writes a trained model as a SavedModel version that TensorFlow Serving 2.18 or later loads. The
 * version is built aside, tried, made durable and moved into its numeric directory in one step, so
 * that a server finds it complete or not at all.
 */
public final class SavedModelExporter {
  private final ExportSettings settings;
  private final Disk disk;

  /**
   * Makes an exporter.
   *
   * @param settings batch sizes to warm up
   * @param disk where to; TensorFlow writes the variables past it
   */
  public SavedModelExporter(ExportSettings settings, Disk disk) {
    this.settings = settings;
    this.disk = disk;
  }

  /**
   * Exports one version.
   *
   * @param what the model
   * @param base directory that holds the versions; created where it is missing
   * @param version its number, at least 1; {@link VersionDirectory#next} gives a free one
   * @param card what people should know
   * @return the version's directory
   * @throws UserError if the version exists, another process exports into the directory, the disk
   *     refuses or the self-test fails
   */
  public Path export(Servable what, Path base, long version, ModelCard card) {
    PlaceLock lock = VersionDirectory.lock(disk, base);
    try (lock) {
      return exportAlone(what, base, version, card);
    }
  }

  private Path exportAlone(Servable what, Path base, long version, ModelCard card) {
    Path target = base.resolve(Long.toString(version));
    if (Files.exists(target)) {
      throw new UserError(
          UserError.Kind.RUN, target + ": exists already; choose a higher version or delete it");
    }
    Path partial = VersionDirectory.partial(base, version);
    Unfinished.ofProcess().begun(partial);
    try {
      disk.delete(partial);
      build(what, partial, card);
      KillPoint.reached("export.before-rename");
      Path published = VersionDirectory.publish(disk, partial, target);
      KillPoint.reached("export.after-rename");
      return published;
    } catch (IOException | RuntimeException failure) {
      throw VersionDirectory.failed(disk, partial, target, failure);
    } finally {
      Unfinished.ofProcess().ended(partial);
    }
  }

  private void build(Servable what, Path partial, ModelCard card) throws IOException {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      ServedVariables variables = new ServedVariables(tf);
      List<Signature> signatures = what.signatures(tf, variables);
      variables.load(session);
      SavedModelBundle.exporter(partial.toString())
          .withTags("serve")
          .withSession(session)
          .withSignatures(signatures.toArray(Signature[]::new))
          .export();
      KillPoint.reached("export.variables");
      byte[] saved = complete(partial.resolve("saved_model.pb"));
      Path extra = partial.resolve(ExtraFile.FOLDER);
      disk.createDirectories(extra);
      WarmUp.write(disk, partial, card.name(), what, settings.batchSizes());
      KillPoint.reached("export.warm-up");
      write(partial.resolve(ModelCard.FILE), card.text(what.facts()));
      write(extra.resolve(ModelFacts.FILE), what.facts().sealing(saved).text());
      for (ExtraFile file : what.files()) {
        write(extra.resolve(file.name()), file.text());
      }
      SelfTest.run(partial, session, signatures, what.tolerance());
    }
  }

  private void write(Path file, String text) throws IOException {
    disk.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same model is the same bytes: maps, such as those of attributes, are sorted. */
  private static byte[] bytes(SavedModel model) throws IOException {
    byte[] bytes = new byte[model.getSerializedSize()];
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    model.writeTo(output);
    output.checkNoSpaceLeft();
    return bytes;
  }

  /**
   * Fills in the two versions that TensorFlow Java leaves empty and makes old versions accept it.
   *
   * @return what the file holds now
   */
  private byte[] complete(Path file) throws IOException {
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
    byte[] bytes = bytes(model.build());
    disk.write(file, bytes);
    return bytes;
  }
}
