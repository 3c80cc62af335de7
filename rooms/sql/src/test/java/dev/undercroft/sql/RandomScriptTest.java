package dev.undercroft.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;

@DatabaseTest
class RandomScriptTest {

  private static final String NASTY = "'\"$;(){}[]\\/*-E&ux`:?@ \n\r\taé𝄞0_.,|<>!#copy begin end";
  private static final int CASES = 3000;

  private final long seed = seed();
  private final Random random = new Random(seed);

  private static long seed() {
    String given = System.getProperty("undercroft.seed", "");
    long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    System.out.println("undercroft.seed=" + seed);
    return seed;
  }

  @Test
  void tokens_of_any_text_are_the_text() {
    for (int i = 0; i < CASES; i++) {
      String text = nasty();
      for (Dialect dialect : Dialect.values()) {
        int at = 0;
        for (Token token : Lexer.tokens(text, dialect)) {
          assertThat(token.start()).as(text).isEqualTo(at);
          assertThat(token.end()).as(text).isGreaterThan(at);
          at = token.end();
        }
        assertThat(at).as(text).isEqualTo(text.length());
      }
    }
  }

  @Test
  void statements_of_any_text_are_in_order_and_between_them_is_nothing_that_runs() {
    for (int i = 0; i < CASES; i++) {
      String text = nasty();
      for (Dialect dialect : Dialect.values()) {
        Script script = Script.read(new SqlSource("random", text), dialect);
        int at = 0;
        StringBuilder again = new StringBuilder();
        for (Statement statement : script.statements()) {
          assertThat(statement.span().start()).as(text).isGreaterThanOrEqualTo(at);
          again.append(text, at, statement.span().start()).append(statement.text());
          if (script.problems().isEmpty() && statement.copyData().isEmpty()) {
            assertGap(text.substring(at, statement.span().start()), dialect);
          }
          at = statement.copyData().map(Span::end).orElse(statement.span().end());
          again.append(text, statement.span().end(), at);
        }
        assertThat(again.append(text, at, text.length())).hasToString(text);
      }
    }
  }

  private static void assertGap(String gap, Dialect dialect) {
    String rest = gap.startsWith("\\.") ? gap.substring(2) : gap;
    assertThat(Lexer.tokens(rest, dialect))
        .allMatch(token -> token.kind().isBlank() || token.kind() == TokenKind.SEMICOLON);
  }

  @Test
  void statements_put_together_come_apart_again() {
    for (int i = 0; i < CASES / 3; i++) {
      List<String> parts = new ArrayList<>();
      String text = script(parts);
      Script script = Script.read(new SqlSource("random", text), Dialect.POSTGRESQL).orThrow();
      assertThat(script.statements()).as(text).extracting(Statement::text).isEqualTo(parts);
    }
  }

  @EachServer
  void the_server_sees_the_same_statements(PostgresDatabase database) throws Exception {
    database.execute(
        "create table t (a int)", "create table u (a int)", "create view v as select 1 as a");
    try (Connection connection = database.connect()) {
      for (int i = 0; i < 150; i++) {
        List<String> parts = new ArrayList<>();
        String text = script(parts);
        assertThat(completed(connection, text))
            .as("seed %s: %s", seed, text)
            .isEqualTo(parts.size());
      }
    }
  }

  /** Sends a text in one message, as psql would a line, and counts the commands it held. */
  private static int completed(Connection connection, String text) throws Exception {
    QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    // Not createSimpleQuery: it lets the driver split the text.
    Query query = executor.wrap(List.of(new NativeQuery(text, SqlCommand.BLANK)));
    int[] count = {0};
    ResultHandlerBase handler =
        new ResultHandlerBase() {
          @Override
          public void handleCommandStatus(String status, long updated, long oid) {
            count[0]++;
          }

          @Override
          public void handleResultRows(
              Query from, Field[] fields, List<Tuple> rows, ResultCursor cursor) {
            count[0]++;
          }

          @Override
          public void handleWarning(SQLWarning warning) {}
        };
    executor.execute(query, null, handler, 0, 0, QueryExecutor.QUERY_EXECUTE_AS_SIMPLE);
    return count[0];
  }

  private String nasty() {
    int[] points = NASTY.codePoints().toArray();
    int length = random.nextInt(60);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (random.nextInt(25) == 0) {
        text.append(
            pick(
                "copy t from stdin;\n",
                "\n\\.\n",
                "create function f() begin atomic ",
                " case ",
                " end;",
                "$a$",
                "/*",
                "*/",
                "create trigger t begin ",
                " E'"));
      }
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private String script(List<String> parts) {
    StringBuilder text = new StringBuilder();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String part = statement(i);
      parts.add(part);
      text.append(gap())
          .append(part)
          .append(gap())
          .append(';')
          .append(random.nextInt(9) == 0 ? ";" : "");
    }
    return text.append(gap()).toString();
  }

  private String statement(int number) {
    return switch (random.nextInt(7)) {
      case 0 ->
          "create or replace function f"
              + number
              + "() returns int language sql begin atomic"
              + gap()
              + body()
              + " end";
      case 1 ->
          "create or replace rule r as on insert to v do instead (insert into t values ("
              + expression(2)
              + ");"
              + gap()
              + "delete from u;)";
      case 2 -> "do " + dollar("begin perform 1; end");
      case 3 ->
          "create or replace procedure p"
              + number
              + "() language sql as "
              + dollar("select 1; select 2");
      default -> "select " + expression(3) + " as " + pick("\"a;b\"", "\"end\"", "x", "\"\"\"q\"");
    };
  }

  private String body() {
    return random
        .ints(1 + random.nextInt(3), 0, 9)
        .mapToObj(i -> "select " + expression(2) + ";" + gap())
        .collect(Collectors.joining());
  }

  private String expression(int depth) {
    int kind = random.nextInt(depth > 0 ? 8 : 4);
    return switch (kind) {
      case 0 -> String.valueOf(random.nextInt(100));
      case 1 ->
          "length(" + pick("'a;''b'", "E'\\';'", "E'x\\\\'", "U&'\\0061;'", "'--'", "'/*'") + ")";
      case 2 -> "length(" + dollar(pick("a;b", "$", "$x", "'", "/*", "")) + ")";
      case 3 -> "length(E'a'" + gap().replace("/*", " -- ") + "\n 'b\\';')";
      case 4 -> "(" + gap() + expression(depth - 1) + gap() + ")";
      case 5 ->
          "case when true then "
              + expression(depth - 1)
              + " else "
              + expression(depth - 1)
              + " end";
      case 6 ->
          expression(depth - 1) + pick("+", " - ", "*", "/*;*/+") + gap() + expression(depth - 1);
      default -> "(select " + expression(depth - 1) + gap() + ")";
    };
  }

  private String dollar(String content) {
    String tag = pick("$$", "$a$", "$_1$", "$été$");
    return content.contains(tag) || (content + "$").contains(tag)
        ? "$long$" + content + "$long$"
        : tag + content + tag;
  }

  private String gap() {
    return pick(" ", "\n", "\t\r\n", " -- a; ' $$\n", " /* ; /* ' */ $$ */ ", " /**/ ", " --\n");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
