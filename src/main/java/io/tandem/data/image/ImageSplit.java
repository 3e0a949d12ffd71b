package io.tandem.data.image;

import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.Quote;
import io.tandem.data.Standardisation;
import java.util.List;
import java.util.Optional;

/**
 * The three parts of a data set of images, as bytes.
 *
 * @param train images that the weights learn from
 * @param validation images that the search is rewarded on
 * @param test images that are read once, at the end
 * @param white what a byte is divided by to be a feature: 255 for IDX files, otherwise 1
 * @param sha256 hash of the stored bytes, see the documentation of each format
 * @param notes what a user should know of the reading, a line each; the first sums up
 */
public record ImageSplit(
    ImageDataset train,
    ImageDataset validation,
    ImageDataset test,
    float white,
    String sha256,
    List<String> notes) {
  /** Copies the notes. */
  public ImageSplit {
    notes = List.copyOf(notes);
  }

  /** The same as rows of features, for networks that know nothing of images. */
  public DataSplit toRows() {
    Dataset rows = train.toDataset(white);
    return new DataSplit(
        rows,
        validation.toDataset(white),
        test.toDataset(white),
        Standardisation.of(rows),
        sha256,
        features(),
        Optional.empty(),
        notes,
        List.of());
  }

  private String features() {
    return Quote.format(
        "%d pixels of an image of %s (height x width), row by row%s, each %s",
        train.shape().size(),
        train.shape(),
        train.shape().channels() == 1 ? "" : ", red, green and blue of a pixel side by side",
        white == 1 ? "0 to 255" : "0 to 1");
  }
}
