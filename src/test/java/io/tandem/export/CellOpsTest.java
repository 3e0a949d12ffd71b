package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.ImageShape;
import io.tandem.disk.Disk;
import io.tandem.graph.child.TrainedNetwork;
import io.tandem.graph.child.image.MicroNetwork;
import io.tandem.outcome.Outcome;
import io.tandem.space.CellRegularisation;
import io.tandem.space.MicroArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.SavedModel;

/** Networks of cells are applied without trust as those of the other spaces are. */
final class CellOpsTest {
  private static final String EVERY_OPERATION = "0 0 1 1 0 2 1 3 0 4 1 0";

  @Test
  void export_cellsOfEveryOperation_haveOnlyOpsOnTheList(@TempDir Path folder) throws IOException {
    ImageShape shape = new ImageShape(8, 8, 3);
    MicroNetwork network =
        new MicroNetwork(
            MicroArchitecture.parse(EVERY_OPERATION + " " + EVERY_OPERATION),
            1,
            2,
            CellRegularisation.dropout(0.1),
            new io.tandem.graph.child.image.ImageShape(8, 8, 3),
            3);
    TrainedNetwork model =
        new TrainedNetwork(
            network,
            network.shapes().stream().map(each -> filled(each.size())).toList(),
            network.statisticShapes().stream().map(each -> filled(each.size())).toList(),
            filled(shape.size()),
            filled(shape.size()),
            255,
            new Outcome.Classes(List.of("ant", "bee", "wasp")),
            List.of());
    Samples rows = new Samples(filled(2L * shape.size()), shape.size());
    Path version =
        new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
            .export(
                new ServableNetwork(model, rows, Optional.of(shape), Optional.empty()),
                folder,
                1,
                ExportFixtures.card());
    SavedModel saved = SavedModel.parseFrom(Files.readAllBytes(version.resolve("saved_model.pb")));
    assertThat(ServingOps.unexpected(saved.getMetaGraphs(0))).isEmpty();
  }

  private static float[] filled(long count) {
    float[] values = new float[(int) count];
    Arrays.fill(values, 1);
    return values;
  }
}
