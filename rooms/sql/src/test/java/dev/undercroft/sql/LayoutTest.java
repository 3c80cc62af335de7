package dev.undercroft.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One layout for SQL files, in which nothing is lost. */
class LayoutTest {

  private static String laid(String text) {
    return Layout.of(text, Dialect.POSTGRESQL);
  }

  @Test
  void a_table_has_a_line_for_each_column_and_constraint() {
    assertThat(
            laid(
                """
                create table note(id bigint   primary key,text varchar( 20 )
                   not null, -- what it says
                      -- who wrote it
                  author bigint references person (id) ,
                  check (length(text) > 3)  )  ;
                create index on note(author);


                comment on table note is 'A   note';
                """))
        .isEqualTo(
            """
            create table note(
              id bigint primary key,
              text varchar(20) not null, -- what it says
              -- who wrote it
              author bigint references person (id),
              check (length(text) > 3)
            );
            create index on note(author);

            comment on table note is 'A   note';
            """);
  }

  @Test
  void bodies_and_lines_of_other_statements_stay() {
    String text =
        """
        create function f() returns int
          language sql
        as $$
            select   1
        $$;
        """;
    assertThat(laid(text)).contains("    select   1\n$$;", "\n  language sql\n");
    assertThat(laid("select 'a'\n'b', -1, - 1, a->>'b';"))
        .isEqualTo("select 'a'\n  'b', -1, - 1, a->>'b';\n");
  }

  @Test
  void what_was_laid_out_stays_and_nothing_is_lost_in_real_schemas() throws IOException {
    Path apps = Path.of(System.getProperty("undercroft.root")).resolve("apps");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(apps)) {
      files =
          walk.filter(file -> file.toString().endsWith(".sql"))
              .filter(file -> !file.toString().contains("target"))
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(40);
    for (Path file : files) {
      String text = Files.readString(file);
      String once = laid(text);
      assertThat(laid(once)).as(file.toString()).isEqualTo(once);
      assertThat(tokens(once)).as(file.toString()).isEqualTo(tokens(text));
    }
  }

  private static List<String> tokens(String text) {
    return Lexer.tokens(text, Dialect.POSTGRESQL).stream()
        .filter(token -> token.kind() != TokenKind.WHITESPACE)
        .map(token -> token.in(text).stripTrailing())
        .toList();
  }
}
