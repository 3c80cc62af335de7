package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Dumps are restored by psql, and the copies compared with the originals. */
@DatabaseTest
class DumpTest {

  private static final String SHOP =
      """
      CREATE TYPE mood AS ENUM ('glad', 'sad');
      CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node, "odd Name" text);
      CREATE TABLE one (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, two bigint);
      CREATE TABLE two (id bigserial PRIMARY KEY, one bigint REFERENCES one, m mood);
      ALTER TABLE one ADD FOREIGN KEY (two) REFERENCES two;
      CREATE TABLE part (at date NOT NULL, x int, twice int GENERATED ALWAYS AS (x * 2) STORED)
        PARTITION BY RANGE (at);
      CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
      CREATE INDEX ON part (x);
      CREATE TABLE nothing ();
      CREATE MATERIALIZED VIEW sums AS SELECT m, count(*) AS n FROM two GROUP BY m;
      CREATE UNIQUE INDEX ON sums (m);
      CREATE VIEW glad AS SELECT * FROM sums WHERE m = 'glad';
      CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
        $$begin raise exception 'no rows here'; end$$;
      CREATE TRIGGER stop BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION stop();
      ALTER TABLE node ENABLE ROW LEVEL SECURITY;
      ALTER TABLE node FORCE ROW LEVEL SECURITY;
      CREATE POLICY mine ON node USING (id > 0);
      CREATE SEQUENCE loose START 7;
      COMMENT ON TABLE node IS 'it''s a tree';
      GRANT SELECT (id) ON node TO PUBLIC;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
      """;
  private static final String ROWS =
      """
      INSERT INTO node VALUES (1, NULL, E'tab\\t, line\\n, back\\\\slash'), (2, 1, NULL), (3, 2, '');
      INSERT INTO one (two) VALUES (NULL), (NULL);
      INSERT INTO two (one, m) VALUES (1, 'glad'), (2, 'sad');
      UPDATE one SET two = id;
      ALTER TABLE part DISABLE TRIGGER stop;
      INSERT INTO part VALUES ('2026-01-05', 4);
      ALTER TABLE part ENABLE TRIGGER stop;
      INSERT INTO nothing DEFAULT VALUES;
      REFRESH MATERIALIZED VIEW sums;
      SELECT nextval('loose');
      """;

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() {
    desk = new CommandDesk(folder);
  }

  @EachServer
  void a_dump_is_restored_by_psql_and_the_copy_is_the_original(PostgresDatabase database)
      throws Exception {
    fill(database);
    assertThat(desk.run("dump", "--url", database.url(), "--out", "shop.sql"))
        .as(desk::err)
        .isZero();
    assertThat(desk.out()).contains("9 rows");
    restoredEquals(database, folder.resolve("shop.sql"));
  }

  @EachServer
  void a_folder_is_written_in_parallel_and_restored_by_psql(PostgresDatabase database)
      throws Exception {
    fill(database);
    assertThat(desk.run("dump", "--url", database.url(), "--out", "shop/")).as(desk::err).isZero();
    restoredEquals(database, folder.resolve("shop/restore.sql"));
  }

  private static void fill(PostgresDatabase database) throws Exception {
    psql(database.url(), List.of("-c", SHOP));
    psql(database.url(), List.of("-c", ROWS));
  }

  private void restoredEquals(PostgresDatabase database, Path script) throws Exception {
    restoredEquals(database, database.url(), script);
  }

  private void restoredEquals(PostgresDatabase database, String original, Path script)
      throws Exception {
    database.execute("CREATE DATABASE copy_of_shop TEMPLATE template0");
    String copy = copy(database);
    try {
      psql(copy, List.of("-f", script.toString()));
      if (original.equals(database.url())) {
        assertThat(content(copy)).isEqualTo(content(original));
      }
      assertThat(desk.run("schema", "diff", "--from", original, "--to", copy))
          .as(desk::out)
          .isZero();
      if (database.server().version().major() == 15) {
        assertThat(pgDump(copy)).isEqualTo(pgDump(original));
      }
    } finally {
      database.execute("DROP DATABASE copy_of_shop WITH (FORCE)");
    }
  }

  private static String copy(PostgresDatabase database) {
    return database.server().url(database.user(), database.password(), "copy_of_shop");
  }

  /** Every row of every table, and the places of the sequences. */
  private static String content(String url) throws Exception {
    return psql(
        url,
        List.of(
            "-At",
            "-c",
            "select * from node order by 1; select * from one order by 1; select * from two order"
                + " by 1; select * from part; select count(*) from nothing; select * from sums"
                + " order by 1; select last_value, is_called from loose; select last_value,"
                + " is_called from two_id_seq; select last_value, is_called from one_id_seq"));
  }

  private static String pgDump(String url) throws Exception {
    return output(List.of("pg_dump", "--dbname", url))
        .lines()
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .reduce("", (one, other) -> one + other + "\n");
  }

  private static String psql(String url, List<String> more) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url));
    command.addAll(more);
    return output(command);
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", PostgresServer.PASSWORD);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  @EachServer
  @Tag("long")
  void the_databases_of_the_applications_are_dumped_and_restored(PostgresDatabase database)
      throws Exception {
    Path apps = Path.of(System.getProperty("undercroft.root")).resolve("apps");
    for (String app : List.of("simplycaster", "seda", "audiotricks", "epic", "codepal")) {
      database.execute("CREATE DATABASE original TEMPLATE template0");
      String url = database.server().url(database.user(), database.password(), "original");
      try {
        copied(database, url, app, apps.resolve(app));
      } finally {
        database.execute("DROP DATABASE original WITH (FORCE)");
      }
    }
  }

  private void copied(PostgresDatabase database, String url, String app, Path project)
      throws Exception {
    String scratch = database.url();
    assertThat(
            desk.run(
                "schema",
                "apply",
                "--url",
                url,
                "--to",
                project.resolve("migrations").toString(),
                "--scratch",
                scratch,
                "--yes",
                "--allow",
                "all"))
        .as(() -> app + desk.err())
        .isZero();
    assertThat(
            desk.run(
                "schema",
                "diff",
                "--from",
                url,
                "--to",
                project.resolve("schema").toString(),
                "--scratch",
                scratch))
        .as(() -> app + desk.out() + desk.err())
        .isZero();
    assertThat(desk.run("dump", "--url", url, "--out", app + ".sql")).as(desk::err).isZero();
    restoredEquals(database, url, folder.resolve(app + ".sql"));
  }

  @EachServer
  void some_tables_come_without_the_others(PostgresDatabase database) throws Exception {
    fill(database);
    assertThat(desk.run("dump", "--url", database.url(), "--table", "no*", "--schema-only"))
        .as(desk::err)
        .isZero();
    assertThat(desk.out())
        .contains("CREATE TABLE public.node", "CREATE POLICY mine", "CREATE TABLE public.nothing")
        .doesNotContain("public.two", "CREATE TYPE", "COPY");
    assertThat(desk.run("dump", "--url", database.url(), "--table", "node")).isZero();
    assertThat(desk.out()).contains("COPY \"public\".\"node\"", "\n2\t1\t\\N\n");
    assertThat(desk.run("dump", "--url", database.url(), "--table", "nobody")).isEqualTo(1);
    assertThat(desk.err()).contains("nobody");
  }

  @EachServer
  void a_dump_that_cannot_be_written_leaves_the_old_one(PostgresDatabase database)
      throws Exception {
    assertThat(desk.run("dump", "--url", database.url(), "--out", "missing/shop.sql")).isEqualTo(1);
    assertThat(desk.err()).contains("missing");
    assertThat(Files.exists(folder.resolve("missing"))).isFalse();
  }
}
