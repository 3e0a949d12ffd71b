package io.tandem.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.Quantiles;
import io.tandem.data.TableEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The encoding of a table in {@code model.json}: an object for each column. */
final class EncodingJson {
  private static final String MEDIAN = "median";
  private static final String QUANTILES = "quantiles";
  private static final String VALUES = "values";
  private static final String SCORES = "scores";
  private static final String CATEGORIES = "categories";
  private static final String OTHER_INPUT = "other";
  private static final String EMBEDDED = "embedded";
  private static final String MISSING_INPUT = "missing";
  private static final String USUAL = "usual";
  private static final String DATE = "date";
  private static final String FIRST = "first";
  private static final String DAYS = "days";
  private static final String YEAR = "year";
  private static final String MONTHS = "months";
  private static final String WEEKDAYS = "weekdays";
  private static final String HOURS = "hours";

  private EncodingJson() {}

  static void write(TableEncoding encoding, ArrayNode array) {
    for (TableEncoding.Column column : encoding.columns()) {
      if (column instanceof TableEncoding.Numbers numbers) {
        write(numbers, array.addObject());
      } else if (column instanceof TableEncoding.Truths truths) {
        array.addObject().put(USUAL, truths.usual()).put(MISSING_INPUT, truths.gaps());
      } else if (column instanceof TableEncoding.Dates dates) {
        write(dates.inputs(), array.addObject());
      } else {
        TableEncoding.Categories categories = (TableEncoding.Categories) column;
        ObjectNode object = array.addObject();
        FactsJson.strings(object.putArray(CATEGORIES), categories.values());
        object.put(OTHER_INPUT, categories.other()).put(MISSING_INPUT, categories.gaps());
        if (categories.coded()) {
          object.put(EMBEDDED, true);
        }
      }
    }
  }

  private static void write(TableEncoding.Numbers numbers, ObjectNode object) {
    object.put(MEDIAN, numbers.median()).put(MISSING_INPUT, numbers.gaps());
    if (numbers.quantiles().isPresent()) {
      ObjectNode quantiles = object.putObject(QUANTILES);
      ArrayNode values = quantiles.putArray(VALUES);
      numbers.quantiles().get().values().forEach(values::add);
      ArrayNode scores = quantiles.putArray(SCORES);
      numbers.quantiles().get().scores().forEach(scores::add);
    }
  }

  /** The form is told by a date that is written in it. */
  private static void write(DateInputs inputs, ObjectNode object) {
    object.put(DATE, inputs.form().example()).put(FIRST, inputs.first()).put(DAYS, inputs.days());
    inputs.year().ifPresent(year -> object.put(YEAR, year));
    inputs.months().forEach(object.putArray(MONTHS)::add);
    inputs.weekdays().forEach(object.putArray(WEEKDAYS)::add);
    inputs.hours().forEach(object.putArray(HOURS)::add);
    object.put(MISSING_INPUT, inputs.gaps());
  }

  static TableEncoding read(ArrayNode array) {
    List<TableEncoding.Column> columns = new ArrayList<>();
    for (JsonNode element : array) {
      if (!(element instanceof ObjectNode object)) {
        throw FactsJson.wrong(FactsJson.ENCODING, "a list of objects");
      }
      columns.add(column(object));
    }
    return new TableEncoding(columns);
  }

  private static TableEncoding.Column column(ObjectNode object) {
    boolean gaps = FactsJson.flag(object, MISSING_INPUT);
    if (object.has(CATEGORIES)) {
      return new TableEncoding.Categories(
          FactsJson.strings(object, CATEGORIES),
          FactsJson.flag(object, OTHER_INPUT),
          gaps,
          object.has(EMBEDDED) && FactsJson.flag(object, EMBEDDED));
    }
    if (object.has(USUAL)) {
      return new TableEncoding.Truths(FactsJson.flag(object, USUAL), gaps);
    }
    if (object.has(DATE)) {
      return new TableEncoding.Dates(date(object, gaps));
    }
    return new TableEncoding.Numbers(
        number(FactsJson.value(object, MEDIAN), MEDIAN),
        gaps,
        object.has(QUANTILES)
            ? Optional.of(quantiles(FactsJson.inner(object, QUANTILES)))
            : Optional.empty());
  }

  private static DateInputs date(ObjectNode object, boolean gaps) {
    String example = FactsJson.text(FactsJson.value(object, DATE), DATE);
    JsonNode first = FactsJson.value(object, FIRST);
    if (!first.isIntegralNumber() || !first.canConvertToLong()) {
      throw FactsJson.wrong(FIRST, "a whole number");
    }
    return new DateInputs(
        Arrays.stream(DateForm.values())
            .filter(form -> form.example().equals(example))
            .findFirst()
            .orElseThrow(() -> FactsJson.wrong(DATE, "a date of a known form")),
        first.longValue(),
        number(FactsJson.value(object, DAYS), DAYS),
        object.has(YEAR) ? Optional.of(FactsJson.whole(object, YEAR)) : Optional.empty(),
        FactsJson.indices(object, MONTHS),
        FactsJson.indices(object, WEEKDAYS),
        FactsJson.indices(object, HOURS),
        gaps);
  }

  private static Quantiles quantiles(ObjectNode object) {
    return new Quantiles(numbers(object, VALUES), numbers(object, SCORES));
  }

  private static List<Float> numbers(ObjectNode object, String key) {
    List<Float> numbers = new ArrayList<>();
    FactsJson.array(object, key).forEach(element -> numbers.add(number(element, key)));
    return numbers;
  }

  private static float number(JsonNode value, String key) {
    if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
      throw FactsJson.wrong(key, "a number");
    }
    return value.floatValue();
  }
}
