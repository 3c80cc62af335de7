package dev.undercroft.main;

import dev.undercroft.cli.Version;

/** Facts about the product as it was built. */
final class Product {

  /** The version. */
  static final String VERSION = Version.read().version();

  private Product() {}
}
