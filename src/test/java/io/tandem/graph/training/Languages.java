package io.tandem.graph.training;

import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.RecurrentNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.space.Schedule;
import java.util.EnumMap;
import java.util.Map;

/** Small language models for tests. */
public final class Languages {
  public static final RuntimeSettings RUNTIME =
      new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32);

  private Languages() {}

  /** A cell of three nodes behind node 0. */
  public static RecurrentNetwork network(LanguageShape shape, LanguageRegularisation how) {
    return new RecurrentNetwork(RecurrentArchitecture.parse("0 0 1 1 3 0 2"), true, shape, how);
  }

  /** All hyperparameters at values that do nothing, but for the learning rate. */
  public static OptimizerSettings optimizer(OptimizerFamily family, double learningRate) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter name : Hyperparameter.values()) {
      values.put(name, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, learningRate);
    values.put(Hyperparameter.CLIP_NORM, 1e9);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return new OptimizerSettings(family, Schedule.CONSTANT, values);
  }

  /** A text that is not regular. */
  public static int[] text(int length, int words) {
    int[] text = new int[length];
    for (int place = 0; place < length; place++) {
      text[place] = (place * 3 + place * place / 4 + place / 7) % words;
    }
    return text;
  }
}
