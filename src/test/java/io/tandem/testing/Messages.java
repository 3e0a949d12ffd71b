package io.tandem.testing;

import io.tandem.disk.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what people are told, without the steps. */
public final class Messages implements Progress {
  private final List<String> told = new ArrayList<>();

  /** All messages so far, in order. */
  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void phase(String name, long total) {}

  @Override
  public void step(long done, Map<String, Double> metrics) {}

  @Override
  public void message(String text) {
    told.add(text);
  }

  @Override
  public void close() {}
}
