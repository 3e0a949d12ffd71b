package io.tandem.config;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tandem.config.proto.Experiment;
import java.util.List;

/** The settings that {@code --set} accepts. */
public final class KnownSettings {
  private KnownSettings() {}

  /**
   * Tells whether a setting exists.
   *
   * @param path its fields, with full stops between them
   */
  public static boolean contains(String path) {
    Descriptor type = Experiment.getDescriptor();
    List<String> names = List.of(path.split("\\.", -1));
    for (int index = 0; index < names.size(); index++) {
      FieldDescriptor field = type.findFieldByName(names.get(index));
      boolean last = index + 1 == names.size();
      if (field == null || !last && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        return false;
      }
      if (!last) {
        type = field.getMessageType();
      }
    }
    return true;
  }
}
