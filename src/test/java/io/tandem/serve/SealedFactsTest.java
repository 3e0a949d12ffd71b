package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.data.TableLayout;
import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A changed name or order in model.json would give wrong answers that look like right ones. */
class SealedFactsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private Path version = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void export() {
    TableLayout layout =
        new TableLayout(
            List.of("a", "b", "kind", "c", "d"), true, 2, List.of(0, 1, 3, 4), ',', List.of("?"));
    version =
        new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
            .export(
                ExportFixtures.servable(layout.featureNames(), Optional.of(layout)),
                folder.resolve("model"),
                1,
                ExportFixtures.card());
    file = version.resolve("assets.extra/model.json");
  }

  private ObjectNode facts() throws IOException {
    return (ObjectNode) MAPPER.readTree(Files.readString(file));
  }

  private void open(boolean trust) {
    Predictor.open(version, trust).close();
  }

  private void isRefused(String reason) {
    assertThatThrownBy(() -> open(false))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason)
        .hasMessageContaining("--trust")
        .hasMessageNotContaining("\n")
        .matches(error -> ((UserError) error).kind() == UserError.Kind.DATA);
  }

  private static void reverse(ArrayNode array) {
    for (int last = array.size() - 1; last >= 0; last--) {
      array.add(array.remove(last));
    }
  }

  static Stream<Consumer<ObjectNode>> changes() {
    return Stream.of(
        facts -> reverse(facts.withArray("classes")),
        facts -> reverse(facts.withObject("/table").withArray("features")),
        facts -> reverse(facts.withObject("/table").withArray("columns")),
        facts -> facts.withObject("/table").put("delimiter", ";"),
        facts -> facts.withObject("/table").put("named", false),
        facts -> facts.remove("table"),
        facts -> facts.put("graph", "0".repeat(64)),
        facts -> facts.put("seal", "0".repeat(64)),
        facts -> facts.put("more", 1));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void open_anythingChanged_isRefused(Consumer<ObjectNode> change) throws IOException {
    ObjectNode facts = facts();
    change.accept(facts);
    Files.writeString(file, facts.toString());
    isRefused("(it was changed after the export)");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void open_keyRemoved_isNamed(String key) throws IOException {
    Files.writeString(file, facts().without(key).toString());
    isRefused("'" + key + "' is missing");
  }

  static List<String> keys() {
    return List.of("format", "graph", "seal");
  }

  @Test
  void open_otherSpacesAndOrderOfKeys_areTheSameFacts() throws IOException {
    ObjectNode facts = facts();
    JsonNode format = facts.remove("format");
    facts.set("format", format);
    Files.writeString(file, facts.toString());
    open(false);
  }

  @Test
  void open_changedWithTrust_isUsedAsItIs() throws IOException {
    ObjectNode facts = facts();
    facts.putArray("classes").add("x").add("y").add("z");
    Files.writeString(file, facts.toString());
    try (Predictor trusted = Predictor.open(version, true)) {
      assertThat(trusted.classes()).containsExactly("x", "y", "z");
    }
  }

  @Test
  void open_missingFile_isRefusedUnlessTrusted() throws IOException {
    Files.delete(file);
    isRefused("is missing");
    open(true);
    Files.delete(version.resolve("assets.extra/MODEL_CARD.md"));
    assertThatThrownBy(() -> open(false))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(version + ": was not exported by this program")
        .hasMessageContaining("--trust");
  }

  /** Written by an earlier version, which had no seal. */
  private ObjectNode unsealed() throws IOException {
    return facts().put("format", 1).without("seal");
  }

  @Test
  void open_firstFormat_isRead() throws IOException {
    Files.writeString(file, unsealed().toString());
    open(false);
  }

  @Test
  void open_firstFormatWithOtherClasses_isRefused() throws IOException {
    ObjectNode facts = unsealed();
    reverse(facts.withArray("classes"));
    Files.writeString(file, facts.toString());
    isRefused("its classes are not those of the graph");
  }

  @Test
  void open_firstFormatWithFeaturesInAnotherOrder_isRefused() throws IOException {
    ObjectNode facts = unsealed();
    reverse(facts.withObject("/table").withArray("features"));
    Files.writeString(file, facts.toString());
    isRefused("its features are not those of the graph");
  }

  @Test
  void open_firstFormatWithoutTheHash_isRefused() throws IOException {
    Files.writeString(file, unsealed().without("graph").toString());
    isRefused("'graph' is missing");
  }

  static Stream<Consumer<ObjectNode>> wrongKinds() {
    return Stream.of(
        facts -> facts.putArray("classes").add(1).add(2).add(3),
        facts -> facts.put("classes", "ant"),
        facts -> facts.put("image", "28 x 28"),
        facts -> facts.withObject("/table").put("label", "kind"),
        facts -> facts.withObject("/table").put("named", "yes"),
        facts -> facts.withObject("/table").withArray("features").set(0, "0"),
        facts -> facts.withObject("/table").withArray("columns").setNull(0),
        facts -> facts.withObject("/table").put("delimiter", ""),
        facts -> facts.withObject("/table").remove("missing"),
        facts -> facts.put("format", "1"));
  }

  @ParameterizedTest
  @MethodSource("wrongKinds")
  void open_valueOfAnotherKind_isRefusedEvenWithTrust(Consumer<ObjectNode> change)
      throws IOException {
    ObjectNode facts = unsealed();
    change.accept(facts);
    Files.writeString(file, facts.toString());
    isRefused("cannot be used");
    assertThatThrownBy(() -> open(true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot be used")
        .hasMessageNotContaining("--trust");
  }
}
