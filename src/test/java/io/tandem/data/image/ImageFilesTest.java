package io.tandem.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.ImageChannels;
import io.tandem.data.ImageSettings;
import io.tandem.data.ImageShape;
import io.tandem.data.Seeds;
import io.tandem.data.SplitSettings;
import io.tandem.data.Standardisation;
import io.tandem.data.source.DataLoader;
import io.tandem.testing.ImageTrees;
import io.tandem.testing.SharedDecoders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that is lost, exchanged, damaged or of another size must not pass unseen. */
class ImageFilesTest {
  private static final SplitSettings SPLIT = new SplitSettings(0.5, 0.25, 0.25);

  @TempDir private Path folder = Path.of("");

  private static ImageSettings settings(double damaged, Block block) {
    return new ImageSettings(0, 0, ImageChannels.AS_STORED, damaged, block, 0.25);
  }

  private static ImageSettings settings(double damaged, int limit) {
    return new ImageSettings(0, 0, ImageChannels.AS_STORED, damaged, Block.first(limit), 0.25);
  }

  private static ImageSplit load(Path path, ImageSettings settings) {
    return DataLoader.images(
            new DataSettings(new DataSource.Images(path, settings), SPLIT), 1, SharedDecoders::open)
        .orElseThrow();
  }

  private static ImageSplit load(Path path) {
    return load(path, settings(0, 0));
  }

  private static void refused(Path path, String expected) {
    refused(path, settings(0, 0), expected);
  }

  private static void refused(Path path, ImageSettings settings, String expected) {
    DataException error = catchThrowableOfType(DataException.class, () -> load(path, settings));
    assertThat(error).isNotNull().hasMessageContaining(expected);
    assertThat(error.getMessage()).hasLineCount(1).contains("; ");
  }

  private Path parts(int train, int validation, int test) throws IOException {
    Path root = folder.resolve("parts");
    ImageTrees.classes(root.resolve("train"), train);
    if (validation > 0) {
      ImageTrees.classes(root.resolve("val"), validation);
    }
    ImageTrees.classes(root.resolve("test"), test);
    return root;
  }

  @Test
  void load_parts_keepTheirImagesInTheOrderOfNames() throws IOException {
    ImageSplit images = load(parts(12, 1, 2));
    assertThat(images.train().shape()).isEqualTo(new ImageShape(4, 5, 3));
    assertThat(images.train().classes()).containsExactly("cat", "dog");
    assertThat(images.train().rows()).isEqualTo(24);
    assertThat(images.validation().labels()).containsExactly(0, 1);
    assertThat(images.test().labels()).containsExactly(0, 0, 1, 1);
    assertThat(images.notes()).isEmpty();
    // By their bytes: 0.png, 1.png, 10.png, 11.png, 2.png.
    int[] numbers = {0, 1, 10, 11, 2};
    for (int row = 0; row < numbers.length; row++) {
      for (int place = 0; place < 60; place++) {
        assertThat(images.train().pixels()[row * 60 + place] & 0xff)
            .isEqualTo(ImageTrees.value(numbers[row], place / 15, place / 3 % 5, place % 3));
      }
    }
  }

  @Test
  void load_asRows_givesTheBytesAsFeatures() throws IOException {
    Path root = parts(3, 1, 1);
    DataSplit rows =
        DataLoader.load(
            new DataSettings(new DataSource.Images(root, settings(0, 0)), SPLIT),
            1,
            SharedDecoders::open);
    ImageSplit images = load(root);
    assertThat(rows.sha256()).isEqualTo(images.sha256());
    assertThat(rows.train().columns()).isEqualTo(60);
    assertThat(rows.train().featureNames()).startsWith("pixel0", "pixel1").endsWith("pixel59");
    for (int place = 0; place < rows.train().features().length; place++) {
      assertThat(rows.train().features()[place]).isEqualTo(images.train().pixels()[place] & 0xff);
    }
    assertThat(rows.standardisation()).isEqualTo(Standardisation.of(rows.train()));
  }

  @Test
  void load_noValidationFolder_takesAShareOfEachClass() throws IOException {
    ImageSplit images = load(parts(8, 0, 1));
    assertThat(counts(images.train())).containsExactly(6, 6);
    assertThat(counts(images.validation())).containsExactly(2, 2);
    assertThat(load(folder.resolve("parts"))).isEqualTo(images);
  }

  @Test
  void load_classesOnly_areDividedBySeed() throws IOException {
    Path root = ImageTrees.classes(folder.resolve("all"), 8);
    ImageSplit images = load(root);
    assertThat(counts(images.train())).containsExactly(4, 4);
    assertThat(counts(images.validation())).containsExactly(2, 2);
    assertThat(counts(images.test())).containsExactly(2, 2);
    DataSettings data = new DataSettings(new DataSource.Images(root, settings(0, 0)), SPLIT);
    assertThat(DataLoader.images(data, 2, SharedDecoders::open)).get().isNotEqualTo(images);
    assertThat(DataLoader.images(data, 2, SharedDecoders::open).orElseThrow().sha256())
        .isEqualTo(images.sha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"parts.tar", "parts.tar.gz"})
  void load_archive_givesTheSameAsItsFolder(String name) throws IOException {
    Path root = parts(5, 2, 2);
    ImageSplit images = load(root);
    assertThat(load(ImageTrees.archive(root, folder.resolve(name)))).isEqualTo(images);
    Path classes = ImageTrees.classes(folder.resolve("all"), 4);
    assertThat(load(ImageTrees.archive(classes, folder.resolve(name)))).isEqualTo(load(classes));
  }

  @Test
  void load_hash_isThatOfTheListOfHashes() throws Exception {
    Path root = parts(2, 1, 1);
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (String part : new String[] {"test", "train", "val"}) {
      for (String name : new String[] {"cat", "dog"}) {
        for (int number = 0; number < (part.equals("train") ? 2 : 1); number++) {
          String path = part + "/" + name + "/" + number + ".png";
          byte[] file = Files.readAllBytes(root.resolve(path));
          String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
          all.update((hash + "  " + path + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(load(root).sha256()).isEqualTo(HexFormat.of().formatHex(all.digest()));
    Files.move(root.resolve("train/cat/0.png"), root.resolve("train/dog/7.png"));
    assertThat(
            load(root, new ImageSettings(0, 0, ImageChannels.AS_STORED, 0, Block.first(0), 0.5))
                .sha256())
        .isNotEqualTo(HexFormat.of().formatHex(all.digest()));
  }

  @Test
  void load_folderAroundItAllAndOtherFiles_arePassedOver() throws IOException {
    ImageSplit images = load(parts(2, 1, 1));
    Path outer = Files.createDirectories(folder.resolve("outer"));
    Files.move(folder.resolve("parts"), outer.resolve("inner"));
    write(outer.resolve("inner/README.md"));
    write(outer.resolve("inner/train/labels.txt"));
    write(outer.resolve("inner/train/cat/.DS_Store"));
    write(outer.resolve("inner/train/cat/._0.png"));
    write(outer.resolve("inner/__MACOSX/x.png"));
    assertThat(load(outer)).isEqualTo(images);
    assertThat(load(ImageTrees.archive(outer, folder.resolve("o.tar.gz")))).isEqualTo(images);
  }

  /** What Windows, a Mac and a storage box leave in the folders of people. */
  @Test
  void load_filesLeftBySystems_arePassedOver() throws IOException {
    Path root = ImageTrees.classes(folder.resolve("photos"), 12);
    ImageSplit before = load(root);
    for (String name :
        List.of("Thumbs.db", "cat/Thumbs.db", "dog/desktop.ini", "cat/Desktop.ini", "cat/Icon\r")) {
      Files.write(root.resolve(name), new byte[] {1});
    }
    for (String name :
        List.of("@eaDir", "cat/@eaDir/0.png", "$RECYCLE.BIN", "System Volume Information")) {
      Files.createDirectories(root.resolve(name));
      Files.write(root.resolve(name).resolve("SYNOPHOTO_THUMB_M.jpg"), new byte[] {1});
    }
    assertThat(load(root)).isEqualTo(before);
    assertThat(load(ImageTrees.archive(root, folder.resolve("a.tar")))).isEqualTo(before);
  }

  @Test
  void load_classNamesInTwoFormsOfUnicode_areOneClass() throws IOException {
    Path root = folder.resolve("parts");
    for (int number = 0; number < 4; number++) {
      byte[] image = ImageTrees.encoded(ImageTrees.colour(number, 4, 5), "png");
      ImageTrees.write(root.resolve("train/caf\u00e9/" + number + ".png"), image);
      ImageTrees.write(root.resolve("train/tea/" + number + ".png"), image);
      ImageTrees.write(root.resolve("test/cafe\u0301/" + number + ".png"), image);
      ImageTrees.write(root.resolve("test/tea/" + number + ".png"), image);
    }
    assertThat(load(root).test().classes()).containsExactly("caf\u00e9", "tea");
    assertThat(load(root).test().labels()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void load_integerClassNames_sortByValue() throws IOException {
    Path root = folder.resolve("numbers");
    for (String name : new String[] {"10", "9", "2"}) {
      for (int number = 0; number < 3; number++) {
        ImageTrees.write(
            root.resolve(name).resolve(number + ".PNG"),
            ImageTrees.encoded(ImageTrees.grey(number, 2, 2), "png"));
      }
    }
    assertThat(load(root).train().classes()).containsExactly("2", "9", "10");
  }

  @Test
  void load_limit_takesTheClassesInTurnAndReadsNoMore() throws IOException {
    Path root = parts(9, 0, 2);
    Files.write(root.resolve("train/cat/8.png"), new byte[] {1});
    ImageSplit images = load(root, settings(0, 5));
    assertThat(images.train().rows() + images.validation().rows()).isEqualTo(5);
    assertThat(IntStream.of(counts(images.train())).sum()).isEqualTo(3);
    assertThat(images.test().rows()).isEqualTo(4);
    ImageSplit archived =
        load(ImageTrees.archive(root, folder.resolve("p.tar.gz")), settings(0, 5));
    assertThat(archived).isEqualTo(images);
  }

  /** Blocks at different offsets share no image, and each has the classes in turn. */
  @Test
  void load_blocks_shareNoImageAndEndWithThem() throws IOException {
    Path root = parts(9, 0, 2);
    Set<String> seen = new HashSet<>();
    for (int offset = 0; offset < 18; offset += 6) {
      ImageSplit images = load(root, settings(0, new Block(offset, 6)));
      assertThat(images.test().rows()).isEqualTo(4);
      int[] classes = counts(images.train());
      assertThat(classes[0] + counts(images.validation())[0]).isEqualTo(3);
      for (ImageDataset part : List.of(images.train(), images.validation())) {
        for (int row = 0; row < part.rows(); row++) {
          seen.add(Arrays.toString(part.select(new int[] {row}).pixels()));
        }
      }
    }
    assertThat(seen).hasSize(18);
    refused(
        root,
        settings(0, new Block(14, 6)),
        "18 training images, expected at least 20 as data.images_format.offset is 14 and"
            + " data.images_format.limit 6; lower one of them");
  }

  @Test
  void load_largerImages_areResizedWhenAsked() throws IOException {
    Path root = parts(2, 1, 1);
    ImageTrees.write(
        root.resolve("train/cat/0.png"), ImageTrees.encoded(ImageTrees.colour(1, 40, 30), "png"));
    refused(root, "0.png: 40 x 30 pixels, expected 4 x 5 as ", "test/cat/0.png");
    ImageSplit images =
        load(root, new ImageSettings(3, 2, ImageChannels.AS_STORED, 0, Block.first(0), 0.25));
    assertThat(images.train().shape()).isEqualTo(new ImageShape(2, 3, 3));
    assertThat(images.train().rows()).isEqualTo(4);
  }

  private static void refused(Path path, String first, String second) {
    refused(path, first);
    refused(path, second);
    refused(
        path, "resize all with --set data.images_format.height=H --set data.images_format.width=W");
  }

  @Test
  void load_greyAndColour_isRefusedUnlessConverted() throws IOException {
    Path root = parts(2, 1, 1);
    Path file = root.resolve("train/dog/1.png");
    ImageTrees.write(file, ImageTrees.encoded(ImageTrees.grey(1, 4, 5), "png"));
    refused(root, file + ": a grey image, expected colour as ");
    refused(
        root,
        "use --set data.images_format.channels=GREY or --set data.images_format.channels=COLOUR");
    for (ImageChannels channels : new ImageChannels[] {ImageChannels.GREY, ImageChannels.COLOUR}) {
      ImageSplit images = load(root, new ImageSettings(0, 0, channels, 0, Block.first(0), 0.25));
      assertThat(images.train().shape().channels())
          .isEqualTo(channels == ImageChannels.GREY ? 1 : 3);
    }
  }

  @Test
  void load_damagedImages_areCountedNamedAndLeftOut() throws IOException {
    Path root = parts(9, 1, 1);
    byte[] whole = Files.readAllBytes(root.resolve("train/cat/4.png"));
    Files.write(root.resolve("train/cat/4.png"), Arrays.copyOf(whole, 60));
    Files.write(root.resolve("test/dog/0.png"), "not an image".getBytes(StandardCharsets.UTF_8));
    refused(
        root,
        settings(0.08, 0),
        root
            + ": 2 of 22 images damaged, expected at most 0.08 of them; replace or remove them, or"
            + " raise data.images_format.damaged_share: train/cat/4.png (byte 60: the PNG file is"
            + " cut), test/dog/0.png (begins with 6e6f7420616e2069, expected a JPEG or PNG file)");
    ImageSplit images = load(root, settings(0.1, 0));
    assertThat(counts(images.train())).containsExactly(8, 9);
    assertThat(images.test().labels()).containsExactly(0);
    assertThat(images.notes())
        .containsExactly(
            root + ": 2 of 22 images damaged and left out; tandem check CONFIG names them",
            "damaged: train/cat/4.png (byte 60: the PNG file is cut)",
            "damaged: test/dog/0.png (begins with 6e6f7420616e2069, expected a JPEG or PNG file)");
    assertThat(images.toRows().notes()).isEqualTo(images.notes());
    for (String part : new String[] {"train/cat", "train/dog", "val/cat", "val/dog", "test/cat"}) {
      for (int number = 0; number < 9; number++) {
        if (Files.exists(root.resolve(part + "/" + number + ".png"))) {
          Files.write(root.resolve(part + "/" + number + ".png"), new byte[0]);
        }
      }
    }
    refused(root, settings(1, 0), "22 of 22 images damaged");
    refused(root, settings(1, 0), " and 12 more");
  }

  @Test
  void load_partWithoutAnUsableImage_isRefused() throws IOException {
    Path root = parts(3, 1, 1);
    Files.write(root.resolve("test/cat/0.png"), new byte[0]);
    Files.write(root.resolve("test/dog/0.png"), new byte[0]);
    refused(root, settings(0.5, 0), "no usable image in test");
  }

  @Test
  void load_unsuitableLayout_namesThePlace() throws IOException {
    Path root = parts(3, 0, 1);
    Path empty = Files.createDirectories(root.resolve("train/owl"));
    refused(root, empty + ": a class folder without images, expected at least one .jpg or .png");
    refused(
        ImageTrees.archive(root, folder.resolve("a.tar")),
        "a.tar!parts/train/owl: a class folder without images");
    Files.delete(empty);
    Path text = write(root.resolve("train/cat/notes.txt"));
    refused(root, text + ": is not an image, expected only .jpg, .jpeg and .png here");
    Files.delete(text);
    Path stray = write(root.resolve("train/stray.jpg"));
    refused(root, stray + ": lies outside the class folders, expected part/class/image");
    Files.delete(stray);
    Path deep = write(root.resolve("train/cat/more/1.png"));
    refused(root, deep.getParent() + ": lies 2 folders deep, expected part/class/image");
    Files.delete(deep);
    Files.delete(deep.getParent());
    Path part = Files.createDirectories(root.resolve("extra"));
    refused(
        root, part + ": is not a part of the data, expected train, test and perhaps validation");
    Files.delete(part);
    Path unknown = write(root.resolve("test/dogs/1.png")).getParent();
    refused(root, unknown + ": class \"dogs\" does not occur in train");
    refused(root, "did you mean \"dog\"?");
    Files.delete(unknown.resolve("1.png"));
    Files.delete(unknown);
    Files.move(root.resolve("test"), root.resolve("valid"));
    refused(root, root + ": the parts [train, valid], expected train, test");
    Files.move(root.resolve("valid"), root.resolve("test"));
    assertThat(load(root).train().rows()).isPositive();
  }

  @Test
  void load_fewClassesOrImages_areRefused() throws IOException {
    Path root = folder.resolve("few");
    refused(Files.createDirectories(root), root + ": no class folders, expected at least two");
    write(root.resolve("cat/1.png"));
    refused(root, root + ": one class, cat, expected at least two");
    Path two = ImageTrees.classes(folder.resolve("two"), 2);
    String remedy = " (one for each part); add images or remove the class";
    refused(two, two + ": class \"cat\" has 2 usable images, expected at least 3" + remedy);
    Path single = ImageTrees.classes(folder.resolve("single"), 1);
    refused(single, single + ": class \"cat\" has 1 usable image, expected at least 3" + remedy);
    Path many = ImageTrees.classes(folder.resolve("many"), 9);
    refused(many, settings(0.5, 2), "has 1 usable image, expected at least 3");
    refused(many, settings(0.5, 2), "remove the class, or raise data.images_format.limit");
    refused(folder.resolve("none"), "none: no such file or folder; check the name");
  }

  @Test
  void load_linkAndPipe_areFollowedAndRefused() throws Exception {
    Path root = parts(2, 1, 1);
    Path link = root.resolve("train/cat/7.png");
    Files.createSymbolicLink(link, root.resolve("train/dog/0.png"));
    assertThat(counts(load(root).train())).containsExactly(3, 2);
    Files.delete(link);
    Files.createSymbolicLink(link, root.resolve("gone"));
    refused(root, link + ": is neither a file nor a folder");
    Files.delete(link);
    assertThat(new ProcessBuilder("mkfifo", link.toString()).start().waitFor()).isZero();
    refused(root, link + ": is neither a file nor a folder");
    Files.delete(link);
    Files.createSymbolicLink(root.resolve("train/cat/up"), root);
    refused(root, "train/cat/up: lies 2 folders deep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../out/a.png", "a/../../b.png", "/etc/a.png", "a\\..\\..\\b.png", "C:/a.png"})
  void load_archivePathOutsideItsRoot_isRefused(String name) throws IOException {
    Path file = folder.resolve("evil.tar");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setName(name);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    refused(file, file + "!" + name + ": the path leads outside the archive, expected");
  }

  @Test
  void load_archiveWithLinksOrTwins_isRefused() throws IOException {
    Path file = folder.resolve("links.tar");
    for (byte kind :
        new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO}) {
      try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
        TarArchiveEntry entry = new TarArchiveEntry("cat/1.png", kind);
        entry.setLinkName("/etc/passwd");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
      refused(file, "links.tar!cat/1.png: is a link or device, expected files and folders");
    }
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      for (int time = 0; time < 2; time++) {
        tar.putArchiveEntry(new TarArchiveEntry("cat/1.png"));
        tar.closeArchiveEntry();
      }
    }
    refused(file, "links.tar!cat/1.png: occurs twice, expected once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parts.tar", "parts.tar.gz"})
  void load_archiveCutAnywhere_isRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(ImageTrees.archive(parts(2, 1, 1), folder.resolve(name)));
    int end = name.endsWith("gz") ? whole.length : lastData(whole);
    Path cut = folder.resolve("cut");
    for (int length = 0; length < end; length += length < 600 ? 7 : 97) {
      Files.write(cut, Arrays.copyOf(whole, length));
      DataException error = catchThrowableOfType(DataException.class, () -> load(cut));
      assertThat(error).as("%d of %d bytes", length, whole.length).isNotNull();
      assertThat(error.getMessage()).hasLineCount(1).contains("cut").contains("expected");
    }
    for (int length = 512; length < end; length += 512) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> load(cut)).isInstanceOf(DataException.class);
    }
  }

  /** Where the zeros begin that mark the end. */
  private static int lastData(byte[] tar) {
    int last = tar.length;
    while (tar[last - 1] == 0) {
      last--;
    }
    return last;
  }

  @Test
  @Tag("slow")
  void load_archiveWithAlteredBytes_isASetOfImagesOrRefused() throws IOException {
    Path file = ImageTrees.archive(parts(3, 1, 1), folder.resolve("a.tar"));
    byte[] whole = Files.readAllBytes(file);
    for (int place = 0; place < lastData(whole); place += 3) {
      byte[] altered = whole.clone();
      altered[place] ^= (byte) (1 + Seeds.of(1, "alter", place) & 0xff);
      Files.write(file, altered);
      try {
        assertThat(load(file).train().rows()).isPositive();
      } catch (DataException error) {
        assertThat(error.getMessage()).startsWith(folder.toString()).hasLineCount(1);
      }
    }
  }

  @Test
  void load_noArchive_isRefused() throws IOException {
    Path file = folder.resolve("a.tar.gz");
    Files.writeString(file, "hello ".repeat(500));
    refused(file, "a.tar.gz:512: cannot be read (Corrupted TAR archive.), expected a complete");
    Files.write(file, new byte[0]);
    refused(file, file.toString());
    Files.write(file, new byte[2048]);
    refused(file, "holds no files, expected an archive of images");
    Path zip = folder.resolve("photos.zip");
    try (ZipOutputStream stream = new ZipOutputStream(Files.newOutputStream(zip))) {
      stream.putNextEntry(new ZipEntry("cat/1.png"));
      stream.write(1);
    }
    refused(zip, "photos.zip: is a zip archive; unpack it");
  }

  @Test
  void load_archiveThatInflatesBeyondReason_isRefused() throws IOException {
    Path file = folder.resolve("bomb.tar.gz");
    try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped)) {
      TarArchiveEntry entry = new TarArchiveEntry("cat/1.png");
      entry.setSize(1L << 29);
      tar.putArchiveEntry(entry);
      byte[] zeros = new byte[1 << 20];
      for (int block = 0; block < 512; block++) {
        tar.write(zeros);
      }
      tar.closeArchiveEntry();
    }
    refused(file, "holds more than 500 times the bytes that it takes");
  }

  /** Also of entries that are passed over. */
  @ParameterizedTest
  @ValueSource(strings = {"cat/1.png", ".hidden"})
  void load_archiveOfTooManyEntries_isRefused(String name) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(header)) {
      tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
      tar.closeArchiveEntry();
    }
    byte[] thousand = new byte[512_000];
    for (int entry = 0; entry < 1000; entry++) {
      System.arraycopy(header.toByteArray(), 0, thousand, 512 * entry, 512);
    }
    Path file = folder.resolve("many.tar");
    try (OutputStream stream = Files.newOutputStream(file)) {
      for (int time = 0; time < 1001; time++) {
        stream.write(thousand);
      }
    }
    refused(file, "many.tar: more than 1000000 files and folders, expected fewer; divide it");
    Files.delete(file);
  }

  private static Path write(Path file) throws IOException {
    return ImageTrees.write(file, "text".getBytes(StandardCharsets.UTF_8));
  }

  private static int[] counts(ImageDataset images) {
    int[] counts = new int[images.classes().size()];
    for (int label : images.labels()) {
      counts[label]++;
    }
    return counts;
  }
}
