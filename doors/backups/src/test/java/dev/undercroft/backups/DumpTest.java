package dev.undercroft.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.Scope;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases written down as SQL files, and what comes back from them. */
class DumpTest {

  private static final String DIGEST =
      """
      select (select count(*) || md5(string_agg(u::text, ',' order by id)) from users u)
             || (select count(*) || md5(string_agg(m::text, ',' order by id)) from messages m)
             || (select count(*) || md5(string_agg(r::text, ',' order by id)) from rooms r)
             || (select string_agg(indexdef, ',' order by indexname) from pg_indexes
                  where schemaname = 'public')
             || (select string_agg(pg_get_constraintdef(oid), ',' order by conname)
                   from pg_constraint where connamespace = 'public'::regnamespace)
             || (select last_value from users_id_seq)
      """;

  @TempDir private Path folder;
  private PostgresServer server;
  private final Map<String, String> variables = new TreeMap<>();

  @BeforeEach
  void makeDatabase() throws Exception {
    server = PostgresServer.start(PostgresVersion.V18, ServerOptions.NONE);
    execute("postgres", "create database seda");
    execute(
        "seda",
        """
        create table users (id bigint generated always as identity primary key,
                            name text not null unique, note text);
        create table rooms (id int primary key, title text);
        create table messages (id int primary key, author bigint not null references users,
                               body text not null check (body <> ''));
        create index messages_author on messages (author);
        insert into users (name, note)
          select 'user ' || g, E'a\\ttab, a \\\\ and a\\nline;' from generate_series(1, 50) g;
        insert into rooms select g, null from generate_series(1, 5) g;
        insert into messages select g, 1 + g % 50, 'COPY it; -- ' || g
          from generate_series(1, 500) g;
        create function twice(n int) returns int language sql as $$ select n * 2; $$;
        """);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ClusterBackups backups() {
    return new ClusterBackups(
        new RemoteServer(
            RemoteServer.address(server, PostgresServer.USER, PostgresServer.PASSWORD), variables),
        InstantSource.system());
  }

  private Scope scope() throws Exception {
    Files.writeString(folder.resolve("undercroft.toml"), "[project]\nname = \"seda\"\n");
    return Scope.of(folder);
  }

  private BackupAnswer.DumpLine dump() throws Exception {
    return ((BackupAnswer.Dumped) backups().run(new BackupCommand.Dump(scope()), Progress.NONE))
        .dumps()
        .getFirst();
  }

  private BackupAnswer.DumpRestored restore(String dump, List<String> tables, String database)
      throws Exception {
    return (BackupAnswer.DumpRestored)
        backups()
            .run(
                new BackupCommand.RestoreDump(
                    scope(), dump, tables, Optional.of(database).filter(one -> !one.isEmpty())),
                Progress.NONE);
  }

  @Test
  @Tag("SF-136")
  @Tag("SF-137")
  @Tag("SF-138")
  @Tag("SF-139")
  @Tag("SF-140")
  @Tag("SF-141")
  @Tag("SF-142")
  @Tag("AT-085")
  void the_script_of_a_backup_dumps_compresses_uploads_and_forgets_what_is_old() throws Exception {
    try (S3Bucket bucket = S3Bucket.start(folder)) {
      variables.put("BACKUP_DUMP_NAME", "seda_backup_{stamp}");
      variables.put("BACKUP_DUMP_UPLOAD", "s3://" + S3Bucket.NAME + "/database");
      variables.put("BACKUP_S3_ENDPOINT", bucket.endpoint().toString());
      variables.put("BACKUP_S3_ACCESS_KEY", S3Bucket.ACCESS_KEY);
      variables.put("BACKUP_S3_SECRET_KEY", S3Bucket.SECRET_KEY);
      Path old = aged("seda_backup_20260101_000000.sql.gz", 8);
      Path young = aged("seda_backup_20260102_000000.sql.gz", 6);
      Path foreign = aged("notes_20260101_000000.sql.gz", 99);
      String digest = value("seda", DIGEST);
      BackupAnswer.DumpLine made = dump();
      assertThat(made.file().getFileName().toString())
          .matches("seda_backup_\\d{8}_\\d{6}\\.sql\\.gz");
      assertThat(made.rows()).isEqualTo(555);
      assertThat(old).doesNotExist();
      assertThat(young).exists();
      assertThat(foreign).exists();
      assertThat(made.copy()).hasValue("s3://backups/database/" + made.file().getFileName());
      Files.delete(made.file());
      Files.delete(made.file().resolveSibling(made.file().getFileName() + ".sha256"));
      execute("seda", "drop table messages; delete from users where id > 3");
      BackupAnswer.DumpRestored restored = restore(made.id(), List.of(), "");
      assertThat(value("seda", DIGEST)).as("fetched from the bucket").isEqualTo(digest);
      assertThat(restored.before()).isPresent();
      assertThat(value(restored.before().get(), "select count(*) from users")).isEqualTo("3");
      execute("seda", "drop table messages; drop table users; delete from rooms where id = 1");
      BackupAnswer.DumpRestored tables = restore(made.id(), List.of("users", "messages"), "");
      assertThat(tables.copied()).containsExactly("public.users", "public.messages");
      assertThat(value("seda", "select count(*) from rooms")).as("untouched").isEqualTo("4");
      execute("seda", "insert into rooms values (1, null)");
      assertThat(value("seda", DIGEST)).isEqualTo(digest);
    }
  }

  @Test
  @Tag("SF-140")
  @Tag("AT-084")
  void the_last_dump_stays_whatever_its_age_and_none_goes_when_the_upload_fails() throws Exception {
    variables.put("BACKUP_DUMP_NAME", "backup_{date}");
    variables.put("BACKUP_COMPRESSION", "false");
    BackupAnswer.DumpLine made = dump();
    assertThat(made.file().getFileName().toString()).matches("backup_\\d{8}\\.sql");
    assertThatThrownBy(this::dump)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().code()).isEqualTo("BACKUP_DUMP_EXISTS"));
    Path old = aged("backup_20250101.sql", 100);
    Files.setLastModifiedTime(made.file(), FileTime.from(Instant.now().minus(Duration.ofDays(90))));
    variables.put("BACKUP_DUMP_NAME", "backup_{date}");
    variables.put("BACKUP_DUMP_UPLOAD", "/dev/null/nowhere");
    Files.move(made.file(), folder.resolve("backups/backup_20260101.sql"));
    assertThatThrownBy(this::dump).isInstanceOf(ProblemException.class);
    assertThat(old).exists();
    variables.remove("BACKUP_DUMP_UPLOAD");
    try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
      for (Path file : files.filter(one -> one.toString().contains("backup_20260")).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(90))));
      }
    }
    assertThatThrownBy(() -> restore("backup_2", List.of(), "other"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().code()).isEqualTo("BACKUP_AMBIGUOUS"));
  }

  private Path aged(String name, int days) throws Exception {
    Path file = Files.createDirectories(folder.resolve("backups")).resolve(name);
    Files.writeString(file, "old");
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
  }

  @Test
  @Tag("CP-034")
  @Tag("CP-035")
  @Tag("CP-058")
  void an_encrypted_dump_is_named_as_documented_and_tells_when_it_was_touched() throws Exception {
    variables.put("BACKUP_ENCRYPTION_KEY", "ab".repeat(31) + "07");
    BackupAnswer.DumpLine made = dump();
    Path file = made.file();
    assertThat(folder.resolve("backups").relativize(file).toString())
        .matches("backup-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ-[0-9a-f]{8}\\.sql\\.gz\\.enc");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("messages", "user 1");
    assertThat(restore(made.id().substring(0, 20), List.of(), "again").rows()).isEqualTo(555);
    assertThat(value("again", DIGEST)).isEqualTo(value("seda", DIGEST));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    refused("BACKUP_DUMP_DAMAGED", made.id());
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".sha256"),
        DumpFile.sum(file) + "  " + file.getFileName() + "\n");
    refused("STORAGE_DAMAGED", made.id());
    variables.put("BACKUP_ENCRYPTION_KEY", "ba".repeat(31) + "70");
    refused("STORAGE_KEY_MISSING", made.id());
    variables.remove("BACKUP_ENCRYPTION_KEY");
    refused("BACKUP_DUMP_SEALED", made.id());
    assertThat(value("postgres", "select count(*) from pg_database where datname ~ '^restoring'"))
        .as("no database of a failed restore stays")
        .isEqualTo("0");
    assertThat(value("seda", "select count(*) from messages")).isEqualTo("500");
  }

  private void refused(String code, String dump) {
    assertThatThrownBy(() -> restore(dump, List.of(), ""))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.first().code()).isEqualTo(code));
  }

  @Test
  @Tag("SC-076")
  @Tag("SC-077")
  void a_plain_dump_is_restored_by_psql_and_one_that_breaks_off_by_nobody() throws Exception {
    variables.put("BACKUP_COMPRESSION", "false");
    BackupAnswer.DumpLine made = dump();
    execute("postgres", "create database psql");
    ProcessBuilder psql =
        new ProcessBuilder(
            PostgresVersion.V15.binaries().program("psql").toString(),
            "-v",
            "ON_ERROR_STOP=1",
            "-q",
            "-o",
            "/dev/null",
            "-f",
            made.file().toString(),
            server.url(PostgresServer.USER, PostgresServer.PASSWORD, "psql"));
    Process process = psql.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(value("psql", DIGEST)).isEqualTo(value("seda", DIGEST));
    Path cut = folder.resolve("cut.sql");
    Files.writeString(cut, Files.readString(made.file()).replace("-- complete", ""));
    Files.writeString(folder.resolve("cut.sql.sha256"), DumpFile.sum(cut) + "  cut.sql\n");
    refused("PGDUMP_NOT_COMPLETE", "cut.sql");
    Files.writeString(cut, Files.readString(made.file()).replace("'COPY it", "'X"));
    Files.writeString(cut, "select 1/0;\n-- complete\n");
    Files.writeString(folder.resolve("cut.sql.sha256"), DumpFile.sum(cut) + "  cut.sql\n");
    refused("PGDUMP_NOT_LOADED", "cut.sql");
    assertThat(value("seda", "select count(*) from messages")).isEqualTo("500");
  }

  private void execute(String database, String sql) throws Exception {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String value(String database, String sql) throws Exception {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect(String database) throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + PostgresServer.HOST + ":" + server.port() + "/" + database,
        PostgresServer.USER,
        PostgresServer.PASSWORD);
  }
}
