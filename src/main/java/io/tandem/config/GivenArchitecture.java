package io.tandem.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Strategy;
import io.tandem.report.journal.CandidateJson;
import io.tandem.space.Architecture;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.RecurrentArchitecture;
import java.util.Optional;

/** An architecture as people write it: its published encoding, or JSON as in a result. */
final class GivenArchitecture {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private GivenArchitecture() {}

  /**
   * The architecture of a configuration, if its strategy takes one.
   *
   * @param experiment checked
   */
  static Optional<Architecture> of(Experiment experiment) {
    return experiment.getSearch().getStrategy() == Strategy.GIVEN
        ? Optional.of(parse(experiment))
        : Optional.empty();
  }

  /**
   * Reads {@code search.architecture}.
   *
   * @throws IllegalArgumentException if it is none of the space's kind, with what was found
   */
  static Architecture parse(Experiment experiment) {
    String text = experiment.getSearch().getArchitecture().strip();
    Architecture found =
        text.startsWith("[")
            ? json(text)
            : switch (experiment.getSpace().getArchitectureCase()) {
              case MACRO -> MacroArchitecture.parse(text);
              case MICRO -> MicroArchitecture.parse(text);
              case RECURRENT -> RecurrentArchitecture.parse(text);
              case PERCEPTRON, ARCHITECTURE_NOT_SET ->
                  throw new IllegalArgumentException(
                      "fully connected networks have no published encoding, expected the JSON array"
                          + " that result.json has as architecture");
            };
    return switch (experiment.getSpace().getArchitectureCase()) {
      case MACRO -> found.macro();
      case MICRO -> found.micro();
      case RECURRENT -> found.recurrent();
      case PERCEPTRON, ARCHITECTURE_NOT_SET -> found.perceptron();
    };
  }

  private static Architecture json(String text) {
    try {
      return CandidateJson.architecture(MAPPER.readTree(text));
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("not JSON: " + broken.getOriginalMessage(), broken);
    }
  }
}
