package io.tandem.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an audit found.
 *
 * @param rows estimators in turn, each with all hyperparameters
 * @param samples number of samples
 * @param bound bound of the choice
 * @param choice which estimator, and why
 */
public record AuditReport(List<AuditRow> rows, int samples, double bound, Choice choice) {
  /** Copies the list. */
  public AuditReport {
    rows = List.copyOf(rows);
  }

  /** Everything with all digits. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("samples", samples).put("bound", bound);
    ArrayNode array = node.putArray("rows");
    rows.forEach(row -> array.add(row.toJson()));
    ObjectNode chosen = node.putObject("choice");
    choice
        .estimator()
        .ifPresentOrElse(name -> chosen.put("estimator", name), () -> chosen.putNull("estimator"));
    chosen.put("reason", choice.reason());
    return node;
  }
}
