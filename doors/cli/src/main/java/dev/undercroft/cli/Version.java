package dev.undercroft.cli;

/**
 * Which version this is. Immutable.
 *
 * @param version of the product
 * @param postgres of the embedded server
 * @param java of the runtime
 */
public record Version(String version, String postgres, String java) {

  /**
   * Constants, because opening a jar to read them would double the time of {@code undercroft
   * version}; a test compares them with the build.
   */
  private static final String PRODUCT = "0.1.0";

  private static final String POSTGRES = "18.6.0";

  /** This version. */
  public static Version read() {
    return new Version(PRODUCT, POSTGRES, System.getProperty("java.runtime.version", "?"));
  }

  /** One line for people. */
  static String line() {
    return "undercroft " + PRODUCT;
  }
}
