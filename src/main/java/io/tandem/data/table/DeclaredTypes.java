package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The types that users say features have, by index in the list of features. */
final class DeclaredTypes {
  private final Map<Integer, Kind> kinds;

  private DeclaredTypes(Map<Integer, Kind> kinds) {
    this.kinds = kinds;
  }

  /** What a user can say of a column. */
  enum Kind {
    /** Categories even if the cells are numbers. */
    CATEGORY("data.format.categorical"),
    /** Numbers, every text among which is a mistake. */
    NUMBER("data.format.numeric"),
    /** Truth values. */
    TRUTH("data.format.boolean"),
    /** Dates. */
    DATE("data.format.date");

    private final String setting;

    Kind(String setting) {
      this.setting = setting;
    }

    /** The setting that says so. */
    String setting() {
      return setting;
    }

    private List<String> columns(CsvFormat format) {
      return switch (this) {
        case CATEGORY -> format.categorical();
        case NUMBER -> format.declared().numbers();
        case TRUTH -> format.declared().truths();
        case DATE -> format.declared().dates();
      };
    }
  }

  /**
   * Reads them off the settings. Columns that are left out may be named.
   *
   * @param file name of the table
   * @param layout what its columns are
   * @param format names them
   * @throws DataException if there is no such column, it is predicted, or it is named twice
   */
  static DeclaredTypes of(String file, TableLayout layout, CsvFormat format) {
    Map<Integer, Kind> found = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      for (String column : kind.columns(format)) {
        int place = Columns.index(file, layout, format, kind.setting(), column);
        String name = Quote.quoted(layout.columns().get(place));
        if (layout.predicted().contains(place)) {
          throw new DataException(predicted(file, layout, kind, name));
        }
        int feature = layout.features().indexOf(place);
        if (feature < 0) {
          continue;
        }
        Kind before = found.putIfAbsent(feature, kind);
        if (before != null && before != kind) {
          throw new DataException(
              Quote.format(
                  "%s: column %s is in %s and in %s, expected one of them; take it out of the other",
                  file, name, before.setting(), kind.setting()));
        }
      }
    }
    return new DeclaredTypes(found);
  }

  private static String predicted(String file, TableLayout layout, Kind kind, String name) {
    if (kind != Kind.CATEGORY) {
      return Quote.format(
          "%s: column %s is to be predicted, expected a feature; take it out of %s",
          file, name, kind.setting());
    }
    return Quote.format(
        layout.targets().isEmpty()
            ? "%s: column %s is the label, whose values are classes anyhow; take it out of"
                + " data.format.categorical"
            : "%s: column %s is a number to be predicted and no category; take it out of"
                + " data.format.categorical, or predict its classes with"
                + " data.format.label instead of data.format.target",
        file,
        name);
  }

  /** That of a feature; empty if it is to be found out. */
  Optional<Kind> of(int feature) {
    return Optional.ofNullable(kinds.get(feature));
  }

  /** The features that are of a type. */
  Set<Integer> features(Kind kind) {
    return kinds.entrySet().stream()
        .filter(entry -> entry.getValue() == kind)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
