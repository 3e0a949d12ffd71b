package io.tandem.config;

import io.tandem.config.proto.JdbcQuery;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Checks of a query. A password in the configuration would be kept in every run; it is refused
 * wherever drivers take one.
 */
final class JdbcChecks {
  /** A parameter such as password, pwd, sslpassword, secretKey or accessToken, with a value. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[?&;,:(]\\s*[\\w.-]*(password|passwd|pwd|passphrase|secret|token|apikey|api_key)[\\w.-]*\\s*="
              + "\\s*[^&;,)\\s]",
          Pattern.CASE_INSENSITIVE);

  /** {@code //user:password@host}. */
  private static final Pattern BEFORE_HOST = Pattern.compile("//[^/?#@]*:[^/?#]*@");

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static final Pattern ORACLE =
      Pattern.compile("jdbc:oracle:\\w+:[^/@]+/[^@]+@.*", Pattern.CASE_INSENSITIVE);

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private JdbcChecks() {}

  /**
   * Checks a query.
   *
   * @param query what is set
   * @param found takes path and text of a problem; never with a password in it
   */
  static void check(JdbcQuery query, BiConsumer<String, String> found) {
    String url = query.getUrl();
    if (url.isBlank()) {
      found.accept("data.jdbc.url", "missing; give one such as jdbc:postgresql://host/db");
    } else if (hasPassword(url)) {
      found.accept(
          "data.jdbc.url",
          "has a password, which every run would keep; take it out, and name an environment"
              + " variable that has it with data.jdbc.password_variable");
    } else if (!url.startsWith("jdbc:")) {
      found.accept(
          "data.jdbc.url",
          "no such URL, expected one that begins with jdbc:, such as"
              + " jdbc:postgresql://host/db");
    }
    if (query.getQuery().isBlank()) {
      found.accept("data.jdbc.query", "missing; give one such as select * from measurements");
    }
    String variable = query.getPasswordVariable();
    if (!variable.isEmpty() && !VARIABLE.matcher(variable).matches()) {
      found.accept(
          "data.jdbc.password_variable",
          "no name of an environment variable, expected one such as DB_PASSWORD; the password itself"
              + " does not belong here");
    }
  }

  private static boolean hasPassword(String url) {
    return PARAMETER.matcher(url).find()
        || BEFORE_HOST.matcher(url).find()
        || ORACLE.matcher(url).matches();
  }
}
