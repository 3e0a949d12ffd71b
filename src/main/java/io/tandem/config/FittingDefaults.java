package io.tandem.config;

import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.MacroSpace;
import io.tandem.config.proto.RecurrentSpace;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;

/** Defaults that follow from what a user gave: the name of the experiment and its networks. */
final class FittingDefaults {
  private static final int LONGEST_NAME = 64;

  private FittingDefaults() {}

  /**
   * Recurrent cells for texts and convolutional networks for images, where none are chosen.
   *
   * @param experiment is given them
   * @param convolutions whether images get them, too
   */
  static void networks(Experiment.Builder experiment, boolean convolutions) {
    boolean images = convolutions && !TuneChecks.isTuning(experiment.getTune());
    switch (experiment.getData().getSourceCase()) {
      case IMAGES, CIFAR, IDX -> {
        if (images) {
          experiment.getSpaceBuilder().setMacro(MacroSpace.getDefaultInstance());
        }
      }
      case TEXT -> experiment.getSpaceBuilder().setRecurrent(RecurrentSpace.getDefaultInstance());
      case CSV, CSV_PARTS, DIGITS, SOURCE_NOT_SET -> {}
    }
  }

  /**
   * The name of an experiment that was given none: that of its file, or that of its data.
   *
   * @param file the configuration, if it is in one
   * @param data where the data are
   * @return empty if neither has a name
   */
  static Optional<String> name(Optional<Path> file, Data data) {
    String path =
        file.map(Path::toString)
            .orElse(
                switch (data.getSourceCase()) {
                  case CSV -> data.getCsv().getFile();
                  case CSV_PARTS -> data.getCsvParts().getTrain();
                  case IDX -> data.getIdx().getImages();
                  case IMAGES -> data.getImages().getPath();
                  case CIFAR -> data.getCifar().getPath();
                  case TEXT -> data.getText().getTrain();
                  case DIGITS -> "digits";
                  case SOURCE_NOT_SET -> "";
                });
    Path last = Path.of(path).getFileName();
    return Optional.ofNullable(last).map(name -> plain(name.toString())).filter(n -> !n.isEmpty());
  }

  /** With nothing but what a name may have, and without what says of which kind a file is. */
  private static String plain(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("(?i)\\.(pbtxt|csv|tsv|txt|tokens|tar|tgz|zip|gz)", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[.-]+|-+$", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }
}
