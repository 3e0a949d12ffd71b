package io.tandem.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.Disk;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the documentation compiles as it stands there, and answers. */
class DocumentedJavaTest {
  private static final Path PAGE = Path.of("src/site/markdown/serving.md");

  @TempDir private Path folder = Path.of("");

  @Test
  void program_ofTheDocumentation_asksAnExportedModel() throws Exception {
    Path version =
        new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
            .export(
                ExportFixtures.servable(List.of()),
                folder.resolve("model"),
                1,
                ExportFixtures.card());
    String source = program();
    assertThat(source).contains("\"RUN/model/1\"");
    Path file =
        Files.writeString(
            folder.resolve("Answer.java"),
            source
                .replace("RUN/model/1", version.toString())
                .replace("class Answer", "public class Answer"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream problems = new ByteArrayOutputStream();
    int code =
        compiler.run(
            null,
            null,
            problems,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            file.toString());
    assertThat(code).as(problems.toString(StandardCharsets.UTF_8)).isZero();
    List<String> lines = run().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isIn("ant", "bee", "wasp");
    double sum = lines.subList(1, 4).stream().mapToDouble(Double::parseDouble).sum();
    assertThat(sum).isBetween(0.999, 1.001);
  }

  private String run() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        PrintStream replaced = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(replaced);
      loader
          .loadClass("Answer")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The indented lines after the heading, from the first import on. */
  private static String program() throws Exception {
    List<String> lines = Files.readAllLines(PAGE);
    int heading = lines.indexOf("### From Java");
    return lines.subList(heading + 1, lines.size()).stream()
        .dropWhile(line -> !line.startsWith("    import "))
        .takeWhile(line -> line.isEmpty() || line.startsWith("    "))
        .map(line -> line.replaceFirst("^ {4}", ""))
        .collect(Collectors.joining("\n"));
  }
}
