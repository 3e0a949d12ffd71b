package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;

/**
 * The end of a training before its planned length, because the validation loss was no lower for
 * some epochs (early stopping, Prechelt 1998).
 *
 * @param network its number in an ensemble, the first being 1
 * @param networks of the ensemble; 1 if there is none
 * @param epoch the last one
 * @param epochs planned
 * @param best epoch with the lowest loss; 0 if none had a finite one
 */
public record EarlyEnd(int network, int networks, long epoch, long epochs, long best) {
  /** The object as stored. */
  public ObjectNode toJson() {
    return Json.object()
        .put("network", network)
        .put("networks", networks)
        .put("epoch", epoch)
        .put("epochs", epochs)
        .put("best", best);
  }

  /** Reads what {@link #toJson} wrote. */
  public static EarlyEnd fromJson(JsonNode object) {
    return new EarlyEnd(
        object.path("network").asInt(),
        object.path("networks").asInt(),
        object.path("epoch").asLong(),
        object.path("epochs").asLong(),
        object.path("best").asLong());
  }

  /** Says when and why. */
  public String text() {
    String subject = networks == 1 ? "the retraining" : "network " + network + " of " + networks;
    long waited = epoch - best;
    return subject
        + " ended after epoch "
        + epoch
        + " of "
        + epochs
        + ": no lower validation loss for "
        + waited
        + (waited == 1 ? " epoch" : " epochs");
  }
}
