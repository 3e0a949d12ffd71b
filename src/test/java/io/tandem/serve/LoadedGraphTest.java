package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.VersionCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.TensorInfo;

/** What is checked is what TensorFlow loads, and nothing is loaded beside it. */
final class LoadedGraphTest {
  @TempDir private static Path folder = Path.of("");
  private static Path version = Path.of("");

  @BeforeAll
  static void export() {
    version = CraftedModels.export(folder.resolve("good"));
  }

  private static Path copy() {
    return VersionCopy.next(Disk.system(), version, folder.resolve("crafted"));
  }

  private static void refused(Path crafted, String reason) {
    assertThatThrownBy(() -> Predictor.open(crafted, false).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(crafted.toString())
        .hasMessageContaining(reason);
  }

  /** TensorFlow compares tags as sets and takes the first graph that has them. */
  @Test
  void open_severalGraphs_isRefusedWhateverTheyAreTagged() throws IOException {
    for (List<String> tags :
        List.of(List.of("serve", "serve"), List.of("serve"), List.of("train"))) {
      Path two = copy();
      Path target = folder.resolve("second");
      CraftedModels.change(
          two,
          model -> {
            MetaGraphDef.Builder evil = model.getMetaGraphs(0).toBuilder();
            evil.getGraphDefBuilder().addAllNode(CraftedModels.writing(target));
            evil.getMetaInfoDefBuilder().clearTags().addAllTags(tags);
            MetaGraphDef good = model.getMetaGraphs(0);
            model.clearMetaGraphs().addMetaGraphs(evil).addMetaGraphs(good);
          });
      refused(two, "holds 2 graphs, not one");
      assertThat(target).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secret.txt", "/etc/passwd", "words.txt"})
  void open_assets_areRefusedWhereverTheyLie(String file) throws IOException {
    Path assets = copy();
    CraftedModels.changeGraph(
        assets,
        graph ->
            graph.addAssetFileDef(
                AssetFileDef.newBuilder()
                    .setFilename(file)
                    .setTensorInfo(TensorInfo.newBuilder().setName("evil/name:0"))));
    refused(assets, "runs something when it is loaded");
    Path collected = copy();
    CraftedModels.changeGraph(
        collected, graph -> CraftedPlaces.collection(graph, "saved_model_assets"));
    refused(collected, "runs something when it is loaded");
  }
}
