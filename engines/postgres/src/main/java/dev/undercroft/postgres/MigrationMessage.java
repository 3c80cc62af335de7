package dev.undercroft.postgres;

import dev.undercroft.migrate.StatementFailure;
import dev.undercroft.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Statements that travel to the server in one message of the simple query protocol, and so in one
 * round trip. Knows which of the file's statements stands where, to find the one an error is in.
 */
final class MigrationMessage {

  /** A message holds one piece at least, and is closed when it has grown beyond this. */
  private static final int ENOUGH_CHARACTERS = 1 << 20;

  private static final int OURS = StatementFailure.AT_THE_END;

  private final StringBuilder text = new StringBuilder();
  private final List<Piece> pieces = new ArrayList<>();

  /** One statement of the message, by where it begins and what it is. */
  private record Piece(int start, int statement, int sourceOffset) {}

  /** Adds a statement that is ours and stands in no file. */
  MigrationMessage add(String sql) {
    pieces.add(new Piece(text.length(), OURS, 0));
    text.append(sql).append(";\n");
    return this;
  }

  MigrationMessage addAll(List<String> statements) {
    statements.forEach(this::add);
    return this;
  }

  /**
   * Adds a statement of the file.
   *
   * @param number which one it is, from 0
   */
  void add(Statement statement, int number) {
    pieces.add(new Piece(text.length(), number, statement.span().start()));
    text.append(statement.text()).append(";\n");
  }

  boolean isFull() {
    return text.length() >= ENOUGH_CHARACTERS;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  String text() {
    return text.toString();
  }

  /**
   * Says which statement failed and where.
   *
   * @param completed how many statements of the message had ended before
   */
  StatementFailure failure(SQLException cause, int completed) {
    int position = MigrationErrors.position(cause);
    if (position <= 0) {
      Piece piece = pieces.get(Math.min(completed, pieces.size() - 1));
      return failure(cause, piece.statement(), OptionalInt.empty());
    }
    int characters = Math.min(position - 1, text.codePointCount(0, text.length()));
    int at = text.offsetByCodePoints(0, characters);
    Piece piece = pieces.getFirst();
    for (Piece each : pieces) {
      piece = each.start() <= at ? each : piece;
    }
    OptionalInt offset =
        piece.statement() == OURS
            ? OptionalInt.empty()
            : OptionalInt.of(piece.sourceOffset() + at - piece.start());
    return failure(cause, piece.statement(), offset);
  }

  private static StatementFailure failure(SQLException cause, int statement, OptionalInt offset) {
    return new StatementFailure(statement, offset, MigrationErrors.of(cause), cause);
  }
}
