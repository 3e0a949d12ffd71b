package io.tandem.graph.joint.policy;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;

/** Tensors fed to one or several runs of the controller; closes them. */
final class PolicyFeeds implements AutoCloseable {
  private final List<Placeholder<?>> placeholders = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();

  /** Adds a tensor, which belongs to this from now on. */
  void add(Placeholder<?> placeholder, Tensor tensor) {
    placeholders.add(placeholder);
    tensors.add(tensor);
  }

  /** A run that is fed with them. */
  Session.Runner runner(Session session) {
    Session.Runner runner = session.runner();
    for (int index = 0; index < tensors.size(); index++) {
      runner.feed(placeholders.get(index), tensors.get(index));
    }
    return runner;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
