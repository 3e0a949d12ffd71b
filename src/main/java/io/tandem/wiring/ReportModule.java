package io.tandem.wiring;

import com.google.inject.AbstractModule;
import io.tandem.report.Disk;
import io.tandem.report.SteadyClock;
import java.time.InstantSource;

/** Disk and clock. */
final class ReportModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Disk.class).toInstance(Disk.system());
    bind(InstantSource.class).toInstance(SteadyClock.system());
  }
}
