package io.tandem.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.tandem.config.proto.Data;
import io.tandem.config.proto.Experiment;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The places in a configuration: the graph file and all texts of the source of the data, which are
 * paths, but for those of a query.
 */
public final class Places {
  private Places() {}

  /** Changes each path that is set and not empty. */
  static void change(Experiment.Builder experiment, UnaryOperator<String> change) {
    change(experiment, change, UnaryOperator.identity());
  }

  private static void change(
      Experiment.Builder experiment,
      UnaryOperator<String> change,
      UnaryOperator<String> changeQuery) {
    if (experiment.hasGraph() && !experiment.getGraph().isEmpty()) {
      experiment.setGraph(change.apply(experiment.getGraph()));
    }
    FieldDescriptor source =
        experiment.getData().getOneofFieldDescriptor(Data.getDescriptor().getOneofs().get(0));
    if (source == null) {
      return;
    }
    UnaryOperator<String> own = experiment.getData().hasJdbc() ? changeQuery : change;
    Message.Builder files = ((Message) experiment.getData().getField(source)).toBuilder();
    files
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (value instanceof String path && !path.isEmpty()) {
                files.setField(field, own.apply(path));
              }
            });
    experiment.getDataBuilder().setField(source, files.build());
  }

  /**
   * Whether an override says where the data are and nothing else.
   *
   * @param override {@code path=value}
   */
  public static boolean isOne(String override) {
    List<String> names = List.of(override.replaceFirst("=.*", "").strip().split("\\.", -1));
    if (names.size() != 3 || !names.get(0).equals("data")) {
      return false;
    }
    return Data.getDescriptor().getOneofs().get(0).getFields().stream()
        .filter(source -> source.getName().equals(names.get(1)))
        .map(source -> source.getMessageType().findFieldByName(names.get(2)))
        .anyMatch(field -> field != null && field.getJavaType() == FieldDescriptor.JavaType.STRING);
  }

  /**
   * Whether two effective configurations are the same but for where the data are.
   *
   * @param text one, as it was saved
   * @param other another
   */
  public static boolean sameWithout(String text, String other) {
    return without(text).equals(without(other));
  }

  private static Object without(String text) {
    Experiment.Builder experiment = Experiment.newBuilder();
    try {
      TextFormat.merge(text, experiment);
    } catch (TextFormat.ParseException altered) {
      return text;
    }
    change(experiment, path -> "", query -> "");
    return experiment.build();
  }
}
