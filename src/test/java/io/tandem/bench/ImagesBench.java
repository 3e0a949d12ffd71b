package io.tandem.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tandem.data.Block;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.ImageChannels;
import io.tandem.data.ImageSettings;
import io.tandem.data.SplitSettings;
import io.tandem.data.image.ImageSplit;
import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Time to read a data set of image files, as bytes and then as rows of features. The processor time
 * is that of all threads together: on a machine with other work it says more than the clock.
 */
public final class ImagesBench {
  private ImagesBench() {}

  /**
   * Measures and prints one JSON line per figure. The first round holds the start of the JVM's
   * parts, as a command's does.
   *
   * @param arguments folder or archive, and optionally the number of rounds
   */
  public static void main(String[] arguments) {
    Path path = Path.of(arguments.length > 0 ? arguments[0] : "");
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    DataSettings settings =
        new DataSettings(
            new DataSource.Images(
                path, new ImageSettings(0, 0, ImageChannels.AS_STORED, 0.01, Block.first(0), 0.2)),
            new SplitSettings(0.6, 0.2, 0.2));
    double[] clock = new double[rounds];
    double[] processor = new double[rounds];
    double[] rows = new double[rounds];
    int images = 0;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      double before = processorSeconds();
      ImageSplit split = DataLoader.images(settings, 1, GraphImageDecoder::new).orElseThrow();
      clock[round] = (System.nanoTime() - start) / 1e9;
      processor[round] = processorSeconds() - before;
      images = split.train().rows() + split.validation().rows() + split.test().rows();
      start = System.nanoTime();
      split.toRows();
      rows[round] = (System.nanoTime() - start) / 1e9;
    }
    String workload = images + " images";
    print(workload, "load", clock);
    print(workload, "load, processor time", processor);
    print(workload, "bytes to rows with means and deviations", rows);
  }

  private static double processorSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static void print(String workload, String figure, double[] values) {
    System.out.println(Figure.of(workload, figure, "s", values).json());
  }
}
