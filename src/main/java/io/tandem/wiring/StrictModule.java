package io.tandem.wiring;

import com.google.inject.AbstractModule;

/** Makes Guice refuse what is easily a mistake. */
final class StrictModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
    binder().requireAtInjectOnConstructors();
  }
}
