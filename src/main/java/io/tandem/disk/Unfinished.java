package io.tandem.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is on the disk only while something is made, such as a lock or a file under another name.
 * When a signal ends the program it is deleted, because nothing else would: the threads that made
 * it do not come to their end.
 */
public final class Unfinished {
  private static final Unfinished OF_PROCESS = new Unfinished();

  private final Set<Path> places = new LinkedHashSet<>();

  private Unfinished() {}

  /** That of this process. */
  public static Unfinished ofProcess() {
    return OF_PROCESS;
  }

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(OF_PROCESS::delete, "unfinished"));
  }

  /**
   * Something is being made.
   *
   * @param place a file or directory that is to be gone when the program ends
   */
  public synchronized void begun(Path place) {
    places.add(place.toAbsolutePath());
  }

  /**
   * It is in its place, or has been deleted.
   *
   * @param place as it was given
   */
  public synchronized void ended(Path place) {
    places.remove(place.toAbsolutePath());
  }

  private synchronized void delete() {
    List<Path> latestFirst = new ArrayList<>(places);
    Collections.reverse(latestFirst);
    for (Path place : latestFirst) {
      try {
        Disk.system().delete(place);
      } catch (IOException remains) {
        // The next writer of the same place deletes it.
      }
    }
  }
}
