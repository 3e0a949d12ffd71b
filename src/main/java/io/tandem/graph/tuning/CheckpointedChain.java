package io.tandem.graph.tuning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Goes forward through a chain of steps and back again with few states held (Griewank 1992; Chen et
 * al. 2016): those at evenly spaced borders are kept on the way there, and from each of them the
 * steps up to the next one are done again. A stretch that is still too long for the states that may
 * be held is divided in the same way. How many may be held decides the time, not the outcome.
 *
 * @param <S> a state
 */
final class CheckpointedChain<S> {
  /** The steps of a chain. */
  interface Steps<S> {
    /** The state after a step; the state before it stays. */
    S forward(S state, int step);

    /** Passes a step backwards, given the state before it. */
    void back(S state, int step);

    /** A state is needed no more. */
    void release(S state);
  }

  private final Steps<S> steps;
  private final Deque<S> held = new ArrayDeque<>();

  CheckpointedChain(Steps<S> steps) {
    this.steps = steps;
  }

  /**
   * Goes there and back.
   *
   * @param first state before the first step; the caller's to release
   * @param length number of steps, positive
   * @param room states beyond the first that may be held, and the two that a step works on, not
   *     negative
   * @param turn is given the state after the last step, before the way back
   */
  void run(S first, int length, int room, Consumer<S> turn) {
    try {
      List<S> starts = starts(first, 0, length, room);
      int segment = segment(length, room);
      int last = (starts.size() - 1) * segment;
      S end = advance(starts.get(starts.size() - 1), last, length);
      try {
        turn.accept(end);
      } finally {
        steps.release(end);
      }
      back(starts, 0, length, room);
    } finally {
      while (!held.isEmpty()) {
        steps.release(held.pop());
      }
    }
  }

  private void reverse(S first, int begin, int end, int room) {
    if (room > 0 || end - begin == 1) {
      back(starts(first, begin, end, room), begin, end, room);
      return;
    }
    for (int step = end - 1; step > begin; step--) {
      S state = advance(first, begin, step);
      steps.back(state, step);
      steps.release(state);
    }
    steps.back(first, begin);
  }

  /** Steps between two borders of a stretch. */
  private static int segment(int length, int room) {
    // Half of the room is for borders, the other half for the segment between two of them.
    return length - 1 <= room ? 1 : ceil(length, room < 2 ? room + 1 : Math.floorDiv(room, 2) + 1);
  }

  private List<S> starts(S first, int begin, int end, int room) {
    int segment = segment(end - begin, room);
    List<S> starts = new ArrayList<>();
    starts.add(first);
    for (int border = begin + segment; border < end; border += segment) {
      S state = advance(starts.get(starts.size() - 1), border - segment, border);
      held.push(state);
      starts.add(state);
    }
    return starts;
  }

  private void back(List<S> starts, int begin, int end, int room) {
    int segment = segment(end - begin, room);
    for (int index = starts.size() - 1; index >= 0; index--) {
      int from = begin + index * segment;
      int to = Math.min(end, from + segment);
      if (to - from == 1) {
        steps.back(starts.get(index), from);
      } else {
        reverse(starts.get(index), from, to, room - index);
      }
      if (index > 0) {
        steps.release(held.pop());
      }
    }
  }

  /** The state before a later step; a new one. */
  private S advance(S state, int from, int to) {
    S now = steps.forward(state, from);
    for (int step = from + 1; step < to; step++) {
      S before = now;
      try {
        now = steps.forward(before, step);
      } finally {
        steps.release(before);
      }
    }
    return now;
  }

  private static int ceil(int amount, int parts) {
    return Math.floorDiv(amount - 1, parts) + 1;
  }
}
