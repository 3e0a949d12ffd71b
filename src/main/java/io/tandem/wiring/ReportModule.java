package io.tandem.wiring;

import com.google.inject.AbstractModule;
import io.tandem.disk.Disk;
import io.tandem.disk.SteadyClock;
import java.time.InstantSource;

/** Disk and clock. */
final class ReportModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Disk.class).toInstance(Disk.system());
    bind(InstantSource.class).toInstance(SteadyClock.system());
  }
}
