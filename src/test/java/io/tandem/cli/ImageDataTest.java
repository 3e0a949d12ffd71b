package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.tandem.config.ConfigLoader;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.ImageTrees;
import io.tandem.testing.Messages;
import io.tandem.testing.TinySearch;
import io.tandem.wiring.Injectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command that takes rows takes images too, and answers to bad ones with one line. */
class ImageDataTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private Path images(int each) throws IOException {
    return ImageTrees.classes(folder.resolve("images"), each);
  }

  private int withImages(Path path, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--set", "data.images.path=" + path));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(new String[0]));
  }

  @Test
  void search_imageFolderWithADamagedOne_endsWithAModelThatTakesItsPixels() throws IOException {
    Path root = images(60);
    Files.write(root.resolve("cat/7.png"), new byte[] {1, 2});
    Path run = folder.resolve("run");
    List<String> arguments = new ArrayList<>(TinySearch.arguments());
    arguments.addAll(List.of("--out", run.toString()));
    assertThat(withImages(root, "search", arguments.toArray(new String[0])))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("test accuracy");
    List<String> notes =
        List.of(
            root + ": 1 of 120 images damaged and left out; tandem check CONFIG names them",
            "damaged: cat/7.png (begins with 0102, expected a JPEG or PNG file)");
    assertThat(damaged(run)).isEqualTo(notes);
    String card = Files.readString(run.resolve("model/1/assets.extra/MODEL_CARD.md"));
    assertThat(card)
        .contains(
            "- source: `" + root + "`",
            "60 pixels of an image of 4 x 5 colour (height x width), row by row, red, green and blue of"
                + " a pixel side by side, each 0 to 255",
            "Images go in");
    out.getBuffer().setLength(0);
    assertThat(run("predict", run.toString(), "--input", root.resolve("cat/0.png").toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .matches("file,class,p_cat,p_dog\\R.*cat/0\\.png,(cat|dog),0\\.[0-9]+,0\\.[0-9]+\\R");
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    assertThat(run("predict", run.toString(), "--input", root.toString()))
        .as("images that were left out make the answer incomplete")
        .isEqualTo(3);
    assertThat(err.toString()).hasLineCount(1).contains("cat/7.png: damaged");
    assertThat(out.toString()).hasLineCount(120);
    err.getBuffer().setLength(0);
    assertThat(run("retrain", run.toString())).as(err.toString()).isZero();
    assertThat(err.toString()).contains("1 of 120 images damaged and left out");
    assertThat(damaged(run)).hasSize(4).endsWith(notes.toArray(new String[0]));
  }

  /** The notes on damaged images in a run's journal. */
  private static List<String> damaged(Path run) throws IOException {
    return JournalReader.read(run.resolve("journal.jsonl")).entries().stream()
        .filter(JournalEntry.Event.class::isInstance)
        .map(JournalEntry.Event.class::cast)
        .filter(event -> event.name().equals("damaged_images"))
        .map(JournalEntry.Event::text)
        .toList();
  }

  @Test
  void tuneAndAudit_imageFolderWithADamagedOne_tellOfIt() throws IOException {
    Path root = images(60);
    Files.write(root.resolve("dog/3.png"), new byte[0]);
    Path run = folder.resolve("tuned");
    List<String> settings =
        List.of(
            "data.images.path=" + root,
            "tune.learning_rate.granularity=GLOBAL",
            "tune.steps=2",
            "tune.outer.steps=1",
            "audit.samples=2");
    List<String> arguments = new ArrayList<>(List.of("tune", "--out", run.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    assertThat(run(arguments.toArray(new String[0]))).as(err.toString()).isZero();
    String count = root + ": 1 of 120 images damaged and left out; tandem check CONFIG names them";
    assertThat(damaged(run)).containsExactly(count, "damaged: dog/3.png (the file is empty)");
    Messages messages = new Messages();
    Injectors.audit(ConfigLoader.defaults(settings).experiment()).run(messages);
    assertThat(messages.told()).contains(count);
  }

  @Test
  void check_imagesAndArchive_countsAndNamesTheDamaged() throws IOException {
    Path root = images(60);
    Files.write(root.resolve("dog/3.png"), new byte[0]);
    assertThat(withImages(root, "check")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("71 training, 24 validation, 24 test rows, 60 features, 2 classes");
    assertThat(err.toString())
        .isEqualTo(
            root
                + ": 1 of 120 images damaged and left out; tandem check CONFIG names them\n"
                + "damaged: dog/3.png (the file is empty)\n");
    String first = out.toString();
    out.getBuffer().setLength(0);
    Path archive = ImageTrees.archive(root, folder.resolve("a.tar.gz"));
    assertThat(withImages(archive, "check")).isZero();
    assertThat(out).hasToString(first.replaceFirst("images is valid", "a is valid"));
  }

  @Test
  void describeAndTune_images_work() throws IOException {
    Path root = images(12);
    assertThat(withImages(root, "describe")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("parameters");
    assertThat(
            withImages(
                root,
                "tune",
                "--out",
                folder.resolve("tuned").toString(),
                "--set",
                "tune.learning_rate.granularity=GLOBAL",
                "--set",
                "tune.steps=3",
                "--set",
                "tune.outer.steps=2"))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("tuned/result.json")).isNotEmptyFile();
  }

  @ParameterizedTest
  @MethodSource
  void search_badImages_exitsWithThreeAndMakesNoRun(String file, byte[] bytes, String part)
      throws IOException {
    Path root = images(4);
    ImageTrees.write(root.resolve(file), bytes);
    Path run = folder.resolve("run");
    assertThat(withImages(root, "search", "--out", run.toString())).isEqualTo(3);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("tandem: " + root)
        .contains(file, part, "expected")
        .doesNotContain("unexpected", "\tat ");
    assertThat(run).doesNotExist();
  }

  static Stream<Arguments> search_badImages_exitsWithThreeAndMakesNoRun() {
    return Stream.of(
        Arguments.of("cat/1.png", new byte[] {1}, "1 of 8 images damaged, expected at most 0.01"),
        Arguments.of("cat/a.txt", new byte[] {1}, "is not an image"),
        Arguments.of("a.png", new byte[] {1}, "lies outside the class folders"),
        Arguments.of(
            "cat/9.png",
            ImageTrees.encoded(ImageTrees.grey(1, 4, 5), "png"),
            "a grey image, expected colour"),
        Arguments.of(
            "dog/9.png",
            ImageTrees.encoded(ImageTrees.colour(1, 5, 5), "png"),
            "5 x 5 pixels, expected 4 x 5"));
  }

  @Test
  void check_moreImagesThanMemoryHolds_isRefusedInOneLine() throws Exception {
    Path root = Files.createDirectories(folder.resolve("large"));
    Files.write(root.resolve("train.bin"), new byte[3074 * 8000]);
    Files.write(root.resolve("test.bin"), new byte[3074]);
    Process process =
        ChildProcess.start(
            Main.class.getName(),
            "",
            List.of("-Xmx40m"),
            "check",
            "--set",
            "data.cifar.path=" + root,
            "--set",
            "data.cifar_format.validation=10");
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isEqualTo(3);
    assertThat(text)
        .startsWith("tandem: " + root + ": the data do not fit into the ")
        .contains("expected less; set a limit")
        .hasLineCount(1);
  }

  @Test
  void tune_dataThatFitOnlyOnce_endsWithOneLineAboutTheMemory() throws Exception {
    Path root = Files.createDirectories(folder.resolve("large"));
    byte[] records = new byte[3074 * 8000];
    for (int record = 0; record < 8000; record++) {
      records[3074 * record + 1] = (byte) (record % 2);
    }
    Files.write(root.resolve("train.bin"), records);
    Files.write(root.resolve("test.bin"), new byte[3074]);
    // 23 MiB of bytes need six times as much while they are read; rows of features, ten times.
    List<String> arguments =
        new ArrayList<>(List.of("tune", "--out", folder.resolve("run").toString()));
    for (String setting :
        List.of(
            "data.cifar.path=" + root,
            "data.cifar_format.validation=10",
            "tune.learning_rate.granularity=GLOBAL",
            "tune.steps=2",
            "tune.outer.steps=1")) {
      arguments.addAll(List.of("--set", setting));
    }
    Process process =
        ChildProcess.start(
            Main.class.getName(), "", List.of("-Xmx190m"), arguments.toArray(new String[0]));
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isEqualTo(4);
    assertThat(text.lines().filter(line -> line.startsWith("tandem: ")))
        .singleElement(STRING)
        .matches("tandem: the \\d+ MiB that Java may use are full; set a limit .*");
    assertThat(text).doesNotContain("\tat ", "OutOfMemoryError");
  }

  @Test
  void search_badCifarFile_exitsWithThreeAndMakesNoRun() throws IOException {
    Path root = Files.createDirectories(folder.resolve("cifar"));
    Files.write(root.resolve("train.bin"), new byte[3074 * 2 + 5]);
    Files.write(root.resolve("test.bin"), new byte[3074]);
    Path run = folder.resolve("run");
    assertThat(run("search", "--out", run.toString(), "--set", "data.cifar.path=" + root))
        .isEqualTo(3);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith(
            "tandem: "
                + root
                + "/train.bin:6153: the file ends in image 2, expected records of 3074 bytes;");
    assertThat(run).doesNotExist();
  }
}
