package io.tandem.dialect;

import io.tandem.disk.NextCommand;

/** Ways to say how a table is written: by settings, or by options. */
public enum DialectRemedy {
  /** In a configuration. */
  SETTING {
    @Override
    public String set(String what, String value) {
      return NextCommand.set("data.format." + what, value);
    }
  },
  /** In a command that has no configuration. */
  OPTION {
    @Override
    public String set(String what, String value) {
      return "--" + what + " " + NextCommand.quoted(value);
    }
  };

  /**
   * How to say something, as it can be pasted.
   *
   * @param what name of the setting or option
   * @param value as it is typed
   */
  public abstract String set(String what, String value);

  /**
   * The same as a request.
   *
   * @param what name of the setting or option
   * @param value as it is typed
   */
  public String use(String what, String value) {
    return "use " + set(what, value);
  }
}
