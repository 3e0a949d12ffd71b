package io.tandem.config.text;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormatParseInfoTree;
import com.google.protobuf.TextFormatParseLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays one configuration over another and remembers where each value came from. A scalar or list
 * replaces what lies below, a message is merged field by field.
 */
public final class Layers {
  private final Map<String, String> places = new HashMap<>();

  /** Where a value came from, as {@code file:line:column}; empty if it is a default or override. */
  public String place(String path) {
    return places.getOrDefault(path, "");
  }

  /**
   * Adds a layer.
   *
   * @param target what lies below, changed
   * @param layer what lies above
   * @param prefix path of the message, empty or ending with a dot
   * @param file name of the layer's file
   * @param tree its locations, null for overrides
   */
  public void lay(
      Message.Builder target,
      Message layer,
      String prefix,
      String file,
      @Nullable TextFormatParseInfoTree tree) {
    for (Map.Entry<FieldDescriptor, Object> entry : layer.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      String path = prefix + field.getName();
      places.put(path, tree == null ? "" : place(file, tree, field, 0));
      if (field.isRepeated()) {
        for (int item = 0; item < layer.getRepeatedFieldCount(field); item++) {
          places.put(item(path, item), tree == null ? "" : place(file, tree, field, item));
        }
        target.setField(field, entry.getValue());
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        Message.Builder below = target.newBuilderForField(field);
        below.mergeFrom((Message) target.getField(field));
        TextFormatParseInfoTree nested =
            tree == null ? null : firstOrNull(tree.getNestedTrees(field));
        lay(below, (Message) entry.getValue(), path + ".", file, nested);
        target.setField(field, below.build());
      } else {
        target.setField(field, entry.getValue());
      }
    }
  }

  private static @Nullable TextFormatParseInfoTree firstOrNull(
      List<TextFormatParseInfoTree> trees) {
    return trees.isEmpty() ? null : trees.get(0);
  }

  /**
   * The path of an item of a list, for {@link #place}.
   *
   * @param path of the list
   * @param item from 0
   */
  public static String item(String path, int item) {
    return path + "[" + item + "]";
  }

  private static String place(
      String file, TextFormatParseInfoTree tree, FieldDescriptor field, int item) {
    List<TextFormatParseLocation> locations = tree.getLocations(field);
    if (locations.isEmpty()) {
      return file;
    }
    // Items in brackets share the place of the list.
    TextFormatParseLocation place = locations.get(Math.min(item, locations.size() - 1));
    return file + ":" + (place.getLine() + 1) + ":" + (place.getColumn() + 1);
  }
}
