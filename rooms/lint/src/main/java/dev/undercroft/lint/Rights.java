package dev.undercroft.lint;

import dev.undercroft.sql.TokenKind;

/** Who may see and do what. */
final class Rights implements Family {

  @Override
  public void look(Sight sight, Phrase statement) {
    AlterTable.of(statement).ifPresent(alter -> alter(sight, alter));
    if (statement.starts("grant")) {
      grant(sight, statement);
    } else if (isAbout(statement, "role") || isAbout(statement, "user")) {
      role(sight, statement);
    }
    if (statement.starts("create")) {
      routine(sight, statement);
    }
  }

  private static boolean isAbout(Phrase statement, String thing) {
    return statement.starts("create", thing)
        || statement.starts("alter", thing)
        || statement.starts("drop", thing);
  }

  private static void alter(Sight sight, AlterTable alter) {
    for (Phrase clause : alter.clauses()) {
      boolean switchesOff =
          clause.starts("disable", "row", "level", "security")
              || clause.starts("no", "force", "row", "level", "security");
      if (switchesOff) {
        sight.report(
            Rule.ROW_SECURITY_OFF,
            clause.first(),
            "row policies of %s no longer bind %s"
                .formatted(alter.table(), clause.starts("no") ? "its owner" : "anybody"));
      } else if (clause.starts("owner", "to")) {
        sight.report(
            Rule.NAMES_ROLE, clause.first(), "the role " + clause.from(2).name() + " is named");
      }
    }
  }

  private static void grant(Sight sight, Phrase statement) {
    Phrase to = statement.after("to");
    boolean isHarmless =
        statement.has("on", "schema") || statement.has("on", "type") || statement.has("usage");
    if (to.starts("public") && !isHarmless) {
      sight.report(
          Rule.GRANT_TO_PUBLIC, statement.first(), "everybody gets " + statement.written());
    } else if (!to.isEmpty() && !to.starts("public")) {
      sight.report(Rule.NAMES_ROLE, to.first(), "the role " + to.name() + " is named");
    }
  }

  private static void role(Sight sight, Phrase statement) {
    Phrase password = statement.after("password");
    boolean isWritten =
        !password.isEmpty()
            && password.first().kind() == TokenKind.STRING
            && !password.word(0).startsWith("'scram-");
    if (isWritten) {
      sight.report(
          Rule.PASSWORD_IN_TEXT, statement.first(), "the password of a role stands in the file");
    } else {
      sight.report(
          Rule.NAMES_ROLE,
          statement.first(),
          "the role " + statement.from(2).skip("if", "exists").name() + " is named");
    }
  }

  private static void routine(Sight sight, Phrase statement) {
    Phrase rest = statement.from(1).skip("or", "replace");
    boolean isRoutine = rest.starts("function") || rest.starts("procedure");
    if (isRoutine && rest.has("security", "definer") && !rest.has("set", "search_path")) {
      sight.report(
          Rule.DEFINER_SEARCH_PATH,
          statement.first(),
          rest.from(1).name() + " runs as its owner and finds names where its caller says");
    }
  }
}
