package dev.undercroft.schema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names that the server would cut without a word. Stateless. */
final class LongNames {

  /** In bytes (manual, chapter 4.1.1). */
  private static final int LONGEST = 63;

  /** Only then can there be one: most statements are not taken apart for this. */
  private static final Pattern WORTH_A_LOOK =
      Pattern.compile("\\w{64}|\"[^\"\\n]{64}|[^\\x00-\\x7f]");

  private LongNames() {}

  /** A note for each name that is too long. */
  static List<Problem> in(Statement statement) {
    if (!WORTH_A_LOOK.matcher(statement.text()).find()) {
      return List.of();
    }
    String text = statement.source().text();
    List<Problem> notes = new ArrayList<>();
    for (Token token : statement.tokens()) {
      String written = token.in(text);
      boolean quoted = token.kind() == TokenKind.QUOTED_NAME && written.startsWith("\"");
      if (!quoted && token.kind() != TokenKind.WORD) {
        continue;
      }
      String name =
          quoted ? written.substring(1, written.length() - 1).replace("\"\"", "\"") : written;
      int bytes = name.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST) {
        notes.add(
            Problem.of(
                    "SCHEMA_NAME_CUT",
                    ProblemKind.INPUT,
                    "%s: the name %s has %d bytes; the server keeps %d of them"
                        .formatted(statement, name, bytes, LONGEST))
                .withRemedy("Choose a shorter name."));
      }
    }
    return notes;
  }
}
