package io.tandem.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tandem.config.text.Layers;
import io.tandem.config.text.Problems;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The range of every number in a configuration, by its path. */
final class Limits {
  /** Smallest and largest allowed value, and whether 0 is allowed in addition. */
  private record Limit(double min, double max, boolean none) {
    boolean allows(double value) {
      return value >= min && value <= max || none && value == 0;
    }
  }

  /** Most training steps that a refinement can go back through. */
  static final int MOST_REFINED_STEPS = 10_000_000;

  private static final Map<String, Limit> LIMITS = new TreeMap<>();

  static {
    limit("seed", 0, 0x1p53);
    for (String part : List.of("train", "validation", "test")) {
      limit("data.split." + part, 1e-6, 1);
    }
    limit("data.wrong_labels", 0, 1);
    limit("data.class_weights.weight", 1e-3, 1e3);
    limit("data.format.damaged_share", 0, 1);
    limit("data.regression.delta", 1e-3, 1e3);
    limit("data.format.one_hot", 2, 1000);
    limit("data.idx_format.limit", 0, 1e9);
    limit("data.idx_format.offset", 0, 1e9);
    limit("data.idx_format.validation", 1, 1e9);
    limit("data.idx_format.classes", 2, 256);
    limit("data.images_format.width", 0, 4096);
    limit("data.images_format.height", 0, 4096);
    limit("data.images_format.damaged_share", 0, 1);
    limit("data.images_format.limit", 0, 1e9);
    limit("data.images_format.offset", 0, 1e9);
    limit("data.images_format.validation", 0.001, 0.999);
    limit("data.cifar_format.limit", 0, 1e9);
    limit("data.cifar_format.offset", 0, 1e9);
    limit("data.cifar_format.validation", 1, 1e9);
    limit("data.text_format.vocabulary", 0, 1e6);
    limit("data.text_format.min_count", 1, 1e9);
    limit("data.text_format.validation", 0.001, 0.999);
    limit("data.text_format.window", 2, 1000);
    limit("data.text_format.limit", 0, 1e9);
    limit("data.text_format.offset", 0, 1e9);
    limit("data.augmentation.shift", 0, 4096);
    limit("data.augmentation.cutout", 0, 4096);
    for (String place : List.of("space", "space_defaults")) {
      limit(place + ".perceptron.layers", 1, 16);
      limit(place + ".perceptron.units", 1, 65536);
      limit(place + ".perceptron.dropouts", 0, 0.999);
      limit(place + ".perceptron.embeddings", 1, 1024);
      limit(place + ".macro.layers", 1, 64);
      limit(place + ".macro.filters", 2, 4096);
      limit(place + ".macro.dropout", 0, 0.999);
      limit(place + ".micro.cells", 1, 64);
      limit(place + ".micro.filters", 2, 1024);
      limit(place + ".micro.blocks", 1, 16);
      limit(place + ".micro.dropout", 0, 0.999);
      limit(place + ".micro.drop_path", 0, 0.999);
      limit(place + ".micro.auxiliary_weight", 0, 100);
      limit(place + ".recurrent.nodes", 1, 24);
      limit(place + ".recurrent.hidden", 1, 4096);
      for (String part : List.of("embedding", "input", "state", "output")) {
        limit(place + ".recurrent." + part + "_dropout", 0, 0.999);
      }
      limit(place + ".recurrent.activation_weight", 0, 100);
      limit(place + ".recurrent.slowness_weight", 0, 100);
    }
    limit("space.optimizer.grid_points", 0, 64);
    limit("space.optimizer.batch_sizes", 1, 65536);
    limit("space_defaults.text_optimizer.batch_sizes", 1, 65536);
    limit("space_defaults.text_optimizer.grid_points", 0, 64);
    hyperparameter("learning_rate", 1e-8, 1e-8, 100);
    hyperparameter("momentum", 0, 0, 0.9999);
    hyperparameter("weight_decay", 1e-12, 0, 10);
    hyperparameter("clip_norm", 1e-6, 1e-6, 1e6);
    hyperparameter("label_smoothing", 0, 0, 0.9);
    hyperparameter("augmentation", 0, 0, 10);
    hyperparameter("initial_scale", 1e-3, 1e-3, 1e3);
    hyperparameter("loss_weighting", 0, 0, 2);
    hyperparameter("class_balance", 0, 0, 1);
    for (Hyperparameter dropout : Hyperparameter.dropouts()) {
      hyperparameter(dropout.key(), 0, 0, 0.999);
    }
    hyperparameter("activation_weight", 0, 0, 100);
    hyperparameter("slowness_weight", 0, 0, 100);
    hyperparameter("beta2", 0, 0, 0.999999);
    hyperparameter("warmup", 0, 0, 0.999);
    limit("controller.lstm_units", 1, 4096);
    limit("controller.init_range", 1e-6, 10);
    limit("controller.temperature", 0, 1000);
    limit("controller.tanh_constant", 0, 1000);
    limit("controller.learning_rate", 1e-8, 10);
    limit("controller.beta1", 0, 0.9999);
    limit("controller.epsilon", 1e-12, 1);
    limit("controller.entropy_weight", 0, 100);
    limit("controller.skip_target", 0.001, 0.999);
    limit("controller.skip_weight", 0, 100);
    limit("controller.initial_std", 1e-3, 10);
    limit("inner.unroll_steps", 0, 100);
    limit("inner.beta2", 0, 0.999999);
    limit("inner.epsilon", 1e-12, 1);
    limit("inner.restart_epochs", 0, 1e6);
    limit("inner.restart_multiple", 1, 100);
    limit("inner.restart_floor", 0, 0.999);
    for (String place : List.of("response", "audit.estimators")) {
      limit(place + ".unrolled.truncate", 0, 100);
      limit(place + ".conjugate_gradient.iterations", 1, 1000);
      limit(place + ".conjugate_gradient.damping", 0, 1e6);
      limit(place + ".conjugate_gradient.tolerance", 0, 1);
      limit(place + ".neumann.terms", 1, 1000);
      limit(place + ".neumann.scale", 1e-8, 1e3);
    }
    limit("audit.samples", 2, 1000);
    limit("audit.steps", 1, 100_000);
    limit("audit.bound", 1e-12, 10);
    limit("audit.difference", 1e-9, 0.1);
    limit("search.budget.examples", 0, 1e15);
    LIMITS.put("search.budget.seconds", new Limit(1, 1e9, true));
    for (String phase : List.of("search", "derive", "refine", "retrain")) {
      limit("search.budget.shares." + phase, 0.01, 1);
    }
    limit("search.batch", 1, 65536);
    limit("search.validation_batch", 1, 65536);
    limit("search.shared_steps", 0, 10_000);
    limit("search.first_share", 0.05, 0.95);
    limit("search.folds", 0, 20);
    limit("search.samples", 1, 1024);
    limit("search.clip_outer_norm", 1e-6, 1e6);
    limit("search.penalty", -1e6, 0);
    limit("search.derive.samples", 0, 10_000);
    limit("search.derive.keep", 0, 10_000);
    limit("search.derive.examples", 0, 1e12);
    limit("search.derive.score_examples", 0, 1e12);
    limit("search.derive.share", 0.05, 0.95);
    limit("search.halving.rungs", 1, 8);
    limit("search.halving.reduction", 2, 16);
    limit("search.halving.keep", 1, 1000);
    limit("search.halving.examples", 0, 1e12);
    limit("search.refine.steps", 0, 100_000);
    limit("search.refine.horizon", 0, MOST_REFINED_STEPS);
    limit("search.refine.learning_rate", 1e-8, 10);
    limit("retrain.examples", 0, 1e12);
    limit("retrain.batch", 1, 65536);
    limit("retrain.patience", 0, 1000);
    limit("retrain.ensemble", 0, 100);
    limit("retrain.checkpoint_every", 1, 1_000_000);
    limit("retrain.filters", 0, 4096);
    limit("retrain.cells", 0, 64);
    limit("retrain.drop_path", 0, 0.999);
    limit("retrain.hidden", 0, 4096);
    limit("retrain.average_after", 0, 1000);
    limit("export.batch_sizes", 1, 4096);
    limit("report.checkpoint_every", 1, 1_000_000);
    limit("report.keep_checkpoints", 2, 1000);
    limit("runtime.intra_threads", 0, 1024);
    limit("runtime.inter_threads", 0, 1024);
    tuneLimits();
  }

  private static void tuneLimits() {
    limit("tune.units", 1, 65536);
    limit("tune.steps", 0, 100_000);
    limit("tune.batch", 1, 1_000_000);
    limit("tune.memory_mib", 0, 1e9);
    target("learning_rate", 1e-8, 100);
    target("momentum", 0, 0.9999);
    target("beta2", 0, 0.999999);
    target("epsilon", 1e-12, 1);
    target("clip_norm", 0, 1e6);
    target("weight_decay", 0, 10);
    target("l2", 0, 1000);
    target("label_smoothing", 0, 0.9);
    target("dropout", 0, 0.95);
    target("initial_scale", 1e-3, 1e3);
    limit("tune.inputs.rows", 0, 100_000);
    limit("tune.inputs.min", -1e6, 1e6);
    limit("tune.inputs.max", -1e6, 1e6);
    limit("tune.outer.steps", 0, 1_000_000);
    limit("tune.outer.learning_rate", 1e-8, 10);
    limit("tune.outer.beta1", 0, 0.9999);
    limit("tune.outer.beta2", 0, 0.999999);
    limit("tune.outer.epsilon", 1e-16, 1);
    limit("tune.outer.tolerance", 1e-12, 1);
    limit("tune.guard.explosion", 1, 1e9);
    limit("tune.guard.flip", -1, 1);
    limit("tune.guard.shrink", 0.01, 1);
    limit("tune.guard.recover", 1, 2);
  }

  private static void target(String key, double min, double max) {
    for (String part : List.of("initial", "min", "max")) {
      limit("tune." + key + "." + part, min, max);
    }
  }

  private Limits() {}

  /** Checks every number in a message. */
  static void check(Message message, String prefix, Layers layers, Problems problems) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              String path = prefix + field.getName();
              if (value instanceof Message nested) {
                check(nested, path + ".", layers, problems);
              } else if (isNumber(field)) {
                List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
                values.forEach(item -> checkOne((Number) item, path, layers.place(path), problems));
              } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                checkBlocks((List<?>) value, path, layers, problems);
              }
            });
  }

  /** The numbers of each block of a list, at the place of the block. */
  private static void checkBlocks(List<?> blocks, String path, Layers layers, Problems problems) {
    for (int index = 0; index < blocks.size(); index++) {
      String place = layers.place(Layers.item(path, index));
      ((Message) blocks.get(index))
          .getAllFields()
          .forEach(
              (field, value) -> {
                if (isNumber(field)) {
                  checkOne((Number) value, path + "." + field.getName(), place, problems);
                }
              });
    }
  }

  private static boolean isNumber(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG, DOUBLE, FLOAT -> true;
      case BOOLEAN, STRING, BYTE_STRING, ENUM, MESSAGE -> false;
    };
  }

  private static void checkOne(Number value, String path, String place, Problems problems) {
    Limit limit = LIMITS.get(path);
    if (limit == null) {
      throw new IllegalStateException(path + " has no limits");
    }
    if (!limit.allows(value.doubleValue())) {
      String range = (limit.none() ? "0 or " : "") + text(limit.min()) + ".." + text(limit.max());
      problems.add(place, path + ": " + text(value) + " is not allowed, expected " + range);
    }
  }

  private static String text(Number value) {
    double number = value.doubleValue();
    return number == Math.rint(number) && Math.abs(number) < 1e16
        ? Long.toString((long) number)
        : value.toString();
  }

  private static void hyperparameter(String key, double min, double fixedMin, double max) {
    for (String place : List.of("space.optimizer.", "space_defaults.text_optimizer.")) {
      range(place + key, min, fixedMin, max);
      for (OptimizerFamily family : OptimizerFamily.values()) {
        String own = place + "by_family." + family.name().toLowerCase(Locale.ROOT) + ".";
        range(own + key, min, fixedMin, max);
      }
    }
    limit("fixed_optimizer." + key, fixedMin, max);
  }

  private static void range(String path, double min, double fixedMin, double max) {
    limit(path + ".min", fixedMin, max);
    limit(path + ".max", Math.max(min, fixedMin), max);
  }

  private static void limit(String path, double min, double max) {
    LIMITS.put(path, new Limit(min, max, false));
  }
}
