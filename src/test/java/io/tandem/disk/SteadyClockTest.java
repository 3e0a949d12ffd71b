package io.tandem.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How long a run takes does not depend on anybody who sets the clock of the machine. */
class SteadyClockTest {
  @Test
  void instant_clockSetBackAndForward_goesOnByTheTimeThatHasGoneBy() {
    Instant noon = Instant.parse("2020-02-29T12:00:00Z");
    AtomicReference<Instant> timeOfDay = new AtomicReference<>(noon);
    AtomicLong nanoseconds = new AtomicLong(Long.MAX_VALUE - 5);
    SteadyClock clock = new SteadyClock(timeOfDay::get, nanoseconds::get);
    assertThat(clock.instant()).isEqualTo(noon);
    nanoseconds.addAndGet(2_000_000_000);
    for (int days : new int[] {-400, 3}) {
      timeOfDay.set(noon.plus(Duration.ofDays(days)));
      assertThat(clock.instant()).isEqualTo(noon.plusSeconds(2));
    }
  }
}
