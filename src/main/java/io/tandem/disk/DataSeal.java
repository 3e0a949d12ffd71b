package io.tandem.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The hash of the data that a run began with, in the file {@code data.sha256}: what is computed
 * from other data does not belong to the run.
 */
public final class DataSeal {
  static final String FILE = "data.sha256";

  private DataSeal() {}

  /**
   * The hash of the data of the run that a file or directory is part of; empty if it is part of
   * none, or of one that has kept no hash.
   *
   * @param place for example the directory of a model
   */
  public static Optional<String> of(Path place) {
    return RunDirectory.around(place.toAbsolutePath().normalize())
        .map(run -> RunDirectory.text(run.path().resolve(FILE)).strip())
        .filter(hash -> !hash.isEmpty());
  }

  /**
   * Notes the hash when it is first asked, and holds the run to it from then on.
   *
   * @param disk where to
   * @param run the run
   * @param sha256 hash of the data of this session, hexadecimal
   * @throws UserError if the data are not those of the run, or the disk refuses
   */
  public static void require(Disk disk, RunDirectory run, String sha256) {
    Path file = run.path().resolve(FILE);
    if (!Files.exists(file)) {
      AtomicFile.write(disk, file, sha256 + "\n");
      return;
    }
    String began;
    try {
      began = Files.readString(file).strip();
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
    if (!began.equals(sha256)) {
      throw new UserError(
          UserError.Kind.DATA,
          file
              + ": the run began with data of SHA-256 "
              + began
              + ", the data given now have "
              + sha256
              + "; put the old files back, say where they are with --set data.csv.file=PATH (rows of a"
              + " database: data.jdbc.url=URL), or"
              + " start a new run");
    }
  }
}
