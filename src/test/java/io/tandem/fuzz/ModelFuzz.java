package io.tandem.fuzz;

import io.tandem.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Applies mutated models in a process of its own: TensorFlow may end it. */
final class ModelFuzz {
  // The first is loaded in a tenth of the time.
  private static final List<String> NAMES =
      List.of("rows", "rows", "rows", "rows", "rows", "rows", "rows", "rows", "text", "images");

  private ModelFuzz() {}

  /**
   * Tries models.
   *
   * @param args folder with the seeds; number of models
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    new Fuzz("models", folder, 2).run(Integer.parseInt(args[1]), random -> predict(folder, random));
  }

  private static InProcess.Ended predict(Path folder, Random random) throws IOException {
    String name = TextMutator.pick(NAMES, random);
    Path model = folder.resolve("mutated");
    RunSeed.copy(folder.resolve(name), model);
    ModelMutator.mutate(model.resolve("1"), random);
    Path answers = folder.resolve("answers.csv");
    Files.deleteIfExists(answers);
    InProcess.Ended ended =
        InProcess.run(
            "predict",
            model.toString(),
            "--input",
            folder.resolve(name + ".input").toString(),
            "--output",
            answers.toString());
    boolean damaged = ended.err().contains("left out");
    if (Files.exists(answers) != (ended.code() == 0 || damaged)) {
      return new InProcess.Ended(1, "", "tandem: " + answers + ": half written\n" + ended.err());
    }
    return ended;
  }
}
