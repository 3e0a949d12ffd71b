package io.tandem.graph.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Every step must be passed backwards once, from the last on, with the state before it, and no more
 * states may be held than allowed: the memory of a training of any length depends on it.
 */
class CheckpointedChainTest {
  /** A state knows the number of steps taken; each is an object of its own. */
  private static final class State {
    private final int taken;

    State(int taken) {
      this.taken = taken;
    }
  }

  private static final class Counted implements CheckpointedChain.Steps<State> {
    private final List<State> open = new ArrayList<>();
    private final List<Integer> backwards = new ArrayList<>();
    private int forwards;
    private int most;
    private int failAt = Integer.MAX_VALUE;

    @Override
    public State forward(State state, int step) {
      assertThat(state.taken).isEqualTo(step);
      if (++forwards == failAt) {
        throw new IllegalStateException("planted");
      }
      State next = new State(step + 1);
      open.add(next);
      most = Math.max(most, open.size());
      return next;
    }

    @Override
    public void back(State state, int step) {
      assertThat(state.taken).isEqualTo(step);
      backwards.add(step);
    }

    @Override
    public void release(State state) {
      assertThat(open.removeIf(held -> held == state)).isTrue();
    }
  }

  @Property
  void run_anyLengthAndRoom_goesBackThroughEveryStepWithinTheRoom(
      @ForAll @IntRange(min = 1, max = 300) int length,
      @ForAll @IntRange(min = 0, max = 320) int room) {
    Counted steps = new Counted();
    Set<Integer> ends = new HashSet<>();
    new CheckpointedChain<>(steps).run(new State(0), length, room, last -> ends.add(last.taken));
    assertThat(ends).containsExactly(length);
    assertThat(steps.backwards)
        .isEqualTo(IntStream.range(0, length).mapToObj(step -> length - 1 - step).toList());
    assertThat(steps.open).isEmpty();
    // The two beyond the room are those that a step works on.
    assertThat(steps.most).isLessThanOrEqualTo(room + 2);
  }

  @Property
  void run_roomOfTwiceTheRoot_takesEveryStepAtMostTwiceOnTheWayAndBack(
      @ForAll @IntRange(min = 1, max = 2000) int length) {
    Counted steps = new Counted();
    int room = 2 * (int) Math.ceil(Math.sqrt(length));
    new CheckpointedChain<>(steps).run(new State(0), length, room, last -> {});
    assertThat(steps.forwards).isLessThanOrEqualTo(2 * length + room);
  }

  @Test
  void run_aStepFails_releasesEveryState() {
    for (int failAt : new int[] {1, 2, 30, 100, 110, 150}) {
      Counted steps = new Counted();
      steps.failAt = failAt;
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> new CheckpointedChain<>(steps).run(new State(0), 100, 8, last -> {}));
      assertThat(steps.open).as("failing " + failAt).isEmpty();
    }
  }
}
