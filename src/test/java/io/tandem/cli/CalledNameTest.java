package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.NextCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who calls the program by another name, such as ./tandem, reads commands with that name. */
class CalledNameTest {
  @AfterEach
  void forgetCall() {
    System.clearProperty(NextCommand.CALLED);
  }

  /** Only {@link NextCommand} knows the name, so that no message can forget it. */
  @Test
  void sources_nameACommandOfTheProgram_inOneClassOnly() throws IOException {
    Pattern literal =
        Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\\btandem (?:COMMAND|"
                + String.join("|", Main.commandLine().getSubcommands().keySet())
                + ")\\b");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("NextCommand.java"))
              .toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        assertThat(Files.readAllLines(source))
            .as(source.toString())
            .noneMatch(line -> !line.strip().startsWith("*") && literal.matcher(line).find());
      }
    }
  }

  @Test
  void messages_ofTheParser_haveTheNameOfTheCall() {
    System.setProperty(NextCommand.CALLED, "./tandem");
    assertThat(InProcess.run("predict").err()).contains("; see ./tandem predict --help");
    assertThat(InProcess.run("serch").err()).contains("; did you mean: ./tandem search");
    assertThat(InProcess.run("--help").out())
        .contains("Usage: ./tandem", "`./tandem search` alone", "see `./tandem COMMAND --help`");
    assertThat(InProcess.run("help", "train").out()).contains("use ./tandem search --resume");
  }

  @Test
  void optionThatIsASetting_isAnsweredWithTheOptionForSettings() {
    assertThat(InProcess.run("search", "--seed", "2").err()).contains("; use --set seed=2");
    assertThat(InProcess.run("search", "--search.budget.seconds=5").err())
        .contains("; use --set search.budget.seconds=5");
    assertThat(InProcess.run("search", "--ot", "2").err()).doesNotContain("use --set");
  }

  @Test
  void helpOfCompare_listsTheArmsThereAre() {
    assertThat(InProcess.run("compare", "--help").out().replaceAll("\\s+", " "))
        .contains("Built in: ")
        .containsPattern("Built in: .*joint.*random_halving.*\\.");
  }
}
