package dev.undercroft.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which version this is.
 *
 * @param version of the product
 * @param postgres of the embedded server
 * @param java of the runtime
 */
public record Version(String version, String postgres, String java) {

  /** Reads what the build wrote down. */
  public static Version read() {
    try (InputStream text = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (text != null) {
        properties.load(text);
      }
      return new Version(
          properties.getProperty("version", "?"),
          properties.getProperty("postgres", "?"),
          System.getProperty("java.runtime.version", "?"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** One line for people. */
  static String line() {
    return "undercroft " + read().version();
  }
}
