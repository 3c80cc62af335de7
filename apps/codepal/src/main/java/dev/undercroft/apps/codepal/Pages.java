package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import java.util.Optional;

/** How lists are read in pages: so many, after that one. Pure. */
final class Pages {

  static final int MOST = 200;

  static final Parameter LIMIT =
      Parameter.query("limit", Integer.class, "how many").between(1, MOST).byDefault("50");

  static final Parameter AFTER =
      Parameter.query("after", String.class, "continue after the one with this id").between(1, 64);

  private static final int USUAL = 50;

  private Pages() {}

  static int limit(Request request) {
    return request.query("limit", Integer.class).orElse(USUAL);
  }

  /** The id to continue after. */
  static Optional<String> after(Request request) {
    return text(request, "after");
  }

  /** A text of the query; the database is not asked for what it cannot keep. */
  static Optional<String> text(Request request, String name) {
    return request
        .query(name, String.class)
        .map(text -> {
          if (!Texts.isKept(text)) {
            throw Texts.noText(name).exception();
          }
          return text;
        });
  }
}
