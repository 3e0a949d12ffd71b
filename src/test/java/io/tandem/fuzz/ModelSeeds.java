package io.tandem.fuzz;

import io.tandem.data.ImageShape;
import io.tandem.disk.Disk;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.Samples;
import io.tandem.export.SavedModelExporter;
import io.tandem.export.ServableNetwork;
import io.tandem.export.TextFixtures;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.child.image.MacroNetwork;
import io.tandem.outcome.Outcome;
import io.tandem.space.Filters;
import io.tandem.space.MacroArchitecture;
import io.tandem.testing.ImageTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Exported models of every kind of input, each with an input that it takes. */
final class ModelSeeds {
  private static final ImageShape SHAPE = new ImageShape(6, 5, 3);

  private ModelSeeds() {}

  /** Writes each as {@code NAME/1} with {@code NAME.input}. */
  static void write(Path folder) throws IOException {
    SavedModelExporter exporter =
        new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system());
    exporter.export(
        ExportFixtures.servable(List.of()), folder.resolve("rows"), 1, ExportFixtures.card());
    Files.writeString(folder.resolve("rows.input"), "1,2,3,4\n0,0.5,1,2\n");
    TextFixtures.export(folder.resolve("text"));
    Files.writeString(folder.resolve("text.input"), "the cat sat\non the mat .\n");
    exporter.export(images(), folder.resolve("images"), 1, ExportFixtures.card());
    Path images = folder.resolve("images.input");
    ImageTrees.write(
        images.resolve("a.png"), ImageTrees.encoded(ImageTrees.colour(3, 4, 5), "png"));
    ImageTrees.write(
        images.resolve("b.jpg"), ImageTrees.encoded(ImageTrees.colour(3, 9, 8), "jpeg"));
  }

  private static ServableNetwork images() {
    MacroNetwork network =
        new MacroNetwork(
            MacroArchitecture.parse("0 1 1 2 0 1 3 1 0 0 4 1 0 0 1 5 0 0 0 0 1"),
            new Filters(4, true),
            0.5,
            new io.tandem.graph.child.image.ImageShape(6, 5, 3),
            3);
    TrainedNetwork model =
        new TrainedNetwork(
            network,
            network.shapes().stream().map(shape -> filled(shape.size(), 0.1f)).toList(),
            network.statisticShapes().stream().map(shape -> filled(shape.size(), 0.5f)).toList(),
            filled(SHAPE.size(), 0.5f),
            filled(SHAPE.size(), 1),
            255,
            new Outcome.Classes(List.of("ant", "bee", "wasp")),
            List.of());
    Samples samples = new Samples(filled(2L * SHAPE.size(), 7), SHAPE.size());
    return new ServableNetwork(model, samples, Optional.of(SHAPE), Optional.empty());
  }

  private static float[] filled(long count, float value) {
    float[] values = new float[(int) count];
    Arrays.fill(values, value);
    return values;
  }
}
