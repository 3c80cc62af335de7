package dev.undercroft.apps.epic;

import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;

/** Parameters that several routes take. Pure. */
final class Asking {

  static final Parameter ID = Parameter.path("id", String.class, "its id").between(1, 100);
  static final Parameter PAGE =
      Parameter.query("page", Integer.class, "which page, from 1")
          .between(1, 100_000)
          .byDefault("1");
  static final Parameter LIMIT =
      Parameter.query("limit", Integer.class, "how many a page has")
          .between(1, Page.MOST)
          .byDefault(String.valueOf(Page.USUAL));

  private Asking() {}

  static Page.Asked page(Request request) {
    return new Page.Asked(
        request.query("page", Integer.class).orElse(1),
        request.query("limit", Integer.class).orElse(Page.USUAL));
  }

  static String id(Request request) {
    return request.path("id", String.class);
  }
}
