package io.tandem.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes a field of a protobuf message, at any depth; what comes out is such a message again. */
final class MessageMutator {
  private static final long[] NUMBERS = {
    0, 1, -1, 2, 7, 100, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, 1L << 40
  };

  private MessageMutator() {}

  /** A copy with one to three changed fields. */
  static Message mutate(Message message, Random random) {
    Message changed = message;
    for (int left = 1 + random.nextInt(3) * random.nextInt(2); left > 0; left--) {
      List<Message> all = new ArrayList<>();
      collect(changed, all);
      int chosen = random.nextInt(all.size());
      changed = rebuilt(changed, new int[] {chosen}, all, random);
    }
    return changed;
  }

  private static void collect(Message message, List<Message> found) {
    found.add(message);
    message
        .getAllFields()
        .forEach((field, value) -> children(field, value).forEach(child -> collect(child, found)));
  }

  private static List<Message> children(FieldDescriptor field, Object value) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return List.of();
    }
    return field.isRepeated()
        ? ((List<?>) value).stream().map(Message.class::cast).toList()
        : List.of((Message) value);
  }

  /** Goes through messages as {@link #collect} does, and changes the one whose turn it is. */
  private static Message rebuilt(Message message, int[] before, List<Message> all, Random random) {
    if (before[0]-- == 0) {
      return changed(message, all, random);
    }
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      List<Message> children = children(field, message.getField(field));
      for (int index = 0; index < children.size(); index++) {
        Message child = children.get(index);
        Message other = rebuilt(child, before, all, random);
        if (other != child) {
          Message.Builder builder = message.toBuilder();
          return field.isRepeated()
              ? builder.setRepeatedField(field, index, other).build()
              : builder.setField(field, other).build();
        }
      }
    }
    return message;
  }

  private static Message changed(Message message, List<Message> all, Random random) {
    List<FieldDescriptor> fields =
        random.nextInt(4) == 0
            ? message.getDescriptorForType().getFields()
            : new ArrayList<>(message.getAllFields().keySet());
    if (fields.isEmpty()) {
      return message.getDefaultInstanceForType();
    }
    FieldDescriptor field = TextMutator.pick(fields, random);
    Message.Builder builder = message.toBuilder();
    if (random.nextInt(6) == 0) {
      return builder.clearField(field).build();
    }
    if (!field.isRepeated()) {
      return builder.setField(field, value(field, message.getField(field), all, random)).build();
    }
    int count = message.getRepeatedFieldCount(field);
    int place = count == 0 ? 0 : random.nextInt(count);
    Object former = count == 0 ? null : message.getRepeatedField(field, place);
    Object value =
        former != null && random.nextInt(3) == 0 ? former : value(field, former, all, random);
    return count == 0 || random.nextBoolean()
        ? builder.addRepeatedField(field, value).build()
        : builder.setRepeatedField(field, place, value).build();
  }

  private static Object value(
      FieldDescriptor field, Object former, List<Message> all, Random random) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    String text = former instanceof String said ? said : "";
    return switch (field.getJavaType()) {
      case INT -> (int) number;
      case LONG -> number;
      case FLOAT -> random.nextBoolean() ? Float.NaN : (float) number;
      case DOUBLE -> random.nextBoolean() ? Double.NaN : (double) number;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> anotherText(text, all, random);
      case BYTE_STRING -> ByteString.copyFrom(ByteMutator.number(random));
      case ENUM -> TextMutator.pick(field.getEnumType().getValues(), random);
      case MESSAGE -> sameKind(field, all, random);
    };
  }

  /** Often one that another message has in its place: the name of another node or op. */
  private static String anotherText(String text, List<Message> all, Random random) {
    Message other = TextMutator.pick(all, random);
    for (Object value : other.getAllFields().values()) {
      if (value instanceof String said && random.nextInt(3) > 0) {
        return said;
      }
    }
    return TextMutator.mutate(text, random).replace("\uDBFF\uDFFF", "");
  }

  private static Message sameKind(FieldDescriptor field, List<Message> all, Random random) {
    List<Message> fitting =
        all.stream()
            .filter(each -> each.getDescriptorForType().equals(field.getMessageType()))
            .toList();
    if (fitting.isEmpty()) {
      return com.google.protobuf.DynamicMessage.getDefaultInstance(field.getMessageType());
    }
    return TextMutator.pick(fitting, random);
  }
}
