package dev.undercroft.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that a document prints in a block of shell is typed as it stands there, in the
 * order of the document, and does what it should. What cannot be typed here stands on a list with
 * the reason; the list may name nothing that no document has.
 */
@DatabaseTest
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  /** Typed by no test. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "git clone https://github.com/undercroft/undercroft && cd undercroft",
          "needs the network; a copy of the files stands for it",
          "./build",
          "is what runs this test",
          "docker run --name seda -e POSTGRES_DB=seda_dev -e POSTGRES_USER=seda_user"
              + " -e POSTGRES_PASSWORD=seda_pass -p 5432:5432 -d postgres:18",
          "needs a container engine");

  /** Documents whose commands need something around them. */
  private static final List<String> OWN_TEST =
      List.of(
          "README.md",
          "docs/commands.md",
          "docs/servers.md",
          "docs/schema.md",
          "docs/from-prisma.md");

  private static final String DIFFERS =
      "undercroft schema diff  --from \"$DATABASE_URL\" --to shop.sql     # exit 3: they differ";
  private static final String PRISMA_DIFFERS =
      "undercroft schema diff --from \"$DATABASE_URL\" --to prisma/schema.prisma";

  private static final String PRISMA_WAS_THERE =
      "undercroft migrate status     # exit 3: Prisma has been there";

  /** What stands for something that exists only at a reader's. */
  private final Map<String, String> replaced = new TreeMap<>();

  @TempDir private static Path house;
  private static FreshCopy copy;
  @TempDir private Path folder;

  @BeforeAll
  static void a_reader_has_the_repository() throws IOException {
    open(house);
    copy = FreshCopy.make(ROOT, house.resolve("undercroft"));
  }

  @AfterAll
  static void the_copy_lets_go_of_what_lies_outside() throws IOException {
    copy.close();
  }

  @BeforeEach
  void the_server_may_enter() throws IOException {
    open(folder);
  }

  /** Run by root, the server is another user, who has to get to its data. */
  private static void open(Path place) throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  @Tag("AT-066")
  @Tag("CP-025")
  void the_first_page_leads_a_reader_from_the_clone_to_an_own_server(
      @On(PostgresVersion.V15) PostgresDatabase own) throws Exception {
    replaced.put("postgres://me:secret@db.example.org:5432/shop?sslmode=require", own.url());
    Document readme = Document.read(ROOT, "README.md");
    try (ReadersShell shell = shell(copy.folder())) {
      for (Document.Section section : readme.sections()) {
        type(readme, section, shell, Map.of("undercroft migrate status", List.of(3)));
        if (section.title().equals("Undercroft")) {
          shell.stopForeground();
          assertNothingRuns(copy.folder());
          shell.go(Files.createDirectory(folder.resolve("elsewhere")));
        }
      }
      shell.stopForeground();
      assertNothingRuns(folder.resolve("elsewhere/shop"));
    }
    assertThat(own.column("SELECT name FROM undercroft.migration"))
        .contains("20260102030405_orders");
    assertThat(own.value("SELECT count(*) FROM orders")).isEqualTo("0");
  }

  @Test
  void the_manual_of_commands_shows_commands_that_work(
      @On(PostgresVersion.V15) PostgresDatabase own) throws Exception {
    replaced.put("postgres://me@localhost/shop", own.url());
    replaced.put("--port 9000", "--port " + freePort());
    Document manual = Document.read(ROOT, "docs/commands.md");
    Shop shop = new Shop(Files.createDirectory(folder.resolve("workspace")));
    try (ReadersShell shell = shell(shop.folder())) {
      for (Document.Section section : manual.sections()) {
        shell.go(shop.folder());
        shop.prepare(section.title(), shell);
        type(manual, section, shell, shop.expected(section.title()));
      }
      shell.stopForeground();
      shell.type("undercroft down");
      assertNothingRuns(shop.folder());
    }
  }

  @Test
  @Tag("SF-088")
  @Tag("SF-089")
  @Tag("SF-090")
  @Tag("SF-091")
  @Tag("SF-087")
  void an_own_server_is_prepared_as_the_page_says(@On(PostgresVersion.V15) PostgresDatabase own)
      throws Exception {
    String place = "127.0.0.1:" + own.server().port();
    replaced.put("localhost:5432", place);
    Document page = Document.read(ROOT, "docs/servers.md");
    try (ReadersShell shell =
        shell(copy.folder())
            .with("PGHOST", "127.0.0.1")
            .with("PGPORT", String.valueOf(own.server().port()))
            .with("PGUSER", own.user())
            .with("PGPASSWORD", own.password())
            .with("PGDATABASE", "postgres")) {
      for (Document.Section section : page.sections()) {
        type(page, section, shell, Map.of());
      }
    }
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://" + place + "/seda_dev", "seda_user", "seda_pass");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_tables WHERE tableowner = 'seda_user'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isGreaterThan(10);
    }
  }

  @Test
  void a_schema_goes_the_way_that_the_page_about_schemas_shows(
      @On(PostgresVersion.V15) PostgresDatabase own,
      @On(PostgresVersion.V15) PostgresDatabase developed)
      throws Exception {
    Document page = Document.read(ROOT, "docs/schema.md");
    Shop shop = new Shop(Files.createDirectory(folder.resolve("workspace")));
    try (ReadersShell shell = shell(shop.folder())) {
      for (Document.Section section : page.sections()) {
        boolean isProject = section.title().equals("Migrations from the wanted schema");
        shell.go(shop.folder());
        shop.prepare(isProject ? "migrate dev" : "schema inspect", shell);
        shell.with("DATABASE_URL", isProject ? developed.url() : own.url());
        type(page, section, shell, Map.of(DIFFERS, List.of(3), PRISMA_DIFFERS, List.of(3)));
      }
    }
    assertThat(own.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactlyInAnyOrder("person", "pet");
    assertThat(developed.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .contains("customer");
  }

  @Test
  void who_comes_from_prisma_finds_the_way_that_the_page_shows(
      @On(PostgresVersion.V15) PostgresDatabase own) throws Exception {
    Document page = Document.read(ROOT, "docs/from-prisma.md");
    PrismaProject project = new PrismaProject(Files.createDirectory(folder.resolve("guest")));
    String url = project.deploy(own);
    try (ReadersShell shell = shell(project.folder()).with("DATABASE_URL", url)) {
      for (Document.Section section : page.sections()) {
        if (section.title().equals("From then on")) {
          project.edit();
        }
        type(page, section, shell, Map.of(PRISMA_WAS_THERE, List.of(3)));
      }
    }
    assertThat(own.column("SELECT name FROM undercroft.migration ORDER BY id"))
        .hasSize(2)
        .contains("20250101000000_init");
    assertThat(own.value("SELECT note FROM \"Customer\"")).isEqualTo("none");
  }

  @Test
  @Tag("EP-023")
  @Tag("EP-024")
  void the_page_about_servers_names_the_steps_at_a_provider() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/servers.md")))
        .contains("1. Sign up", "2. Create a project", "3. Copy the connection string");
  }

  @Test
  void the_other_documents_show_commands_that_work() throws Exception {
    for (String name : documents()) {
      if (!OWN_TEST.contains(name)) {
        Document document = Document.read(ROOT, name);
        try (ReadersShell shell = shell(copy.folder())) {
          for (Document.Section section : document.sections()) {
            type(document, section, shell, Map.of());
          }
        }
      }
    }
  }

  @Test
  void what_is_left_out_stands_in_a_document() throws IOException {
    List<String> all = new ArrayList<>();
    for (String name : documents()) {
      for (Document.Section section : Document.read(ROOT, name).sections()) {
        section.commands().forEach(command -> all.add(command.text()));
      }
    }
    assertThat(all).containsAll(LEFT_OUT.keySet());
  }

  private static List<String> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md"),
              docs.map(file -> ROOT.relativize(file).toString())
                  .filter(name -> name.endsWith(".md"))
                  .sorted())
          .toList();
    }
  }

  private ReadersShell shell(Path place) throws IOException {
    return new ReadersShell(place, copy.bin(), folder.resolve("notes"));
  }

  /** Types the commands of a section; those without an expected exit code end with 0. */
  private void type(
      Document document,
      Document.Section section,
      ReadersShell shell,
      Map<String, List<Integer>> expected)
      throws IOException, InterruptedException {
    for (Document.Command command : section.commands()) {
      if (LEFT_OUT.containsKey(command.text())) {
        continue;
      }
      String line = command.text();
      for (Map.Entry<String, String> one : replaced.entrySet()) {
        line = line.replace(one.getKey(), one.getValue());
      }
      ReadersShell.Said said = shell.type(line);
      String where = document.name() + ":" + command.line() + " " + command.text();
      assertThat(said.exit())
          .as("%s%n%s", where, said.text())
          .isIn(expected.getOrDefault(command.text(), List.of(0)));
      if (!command.output().isEmpty()) {
        assertThat(said.text()).as(where).matches(pattern(command.output()));
      }
    }
  }

  /** An ellipsis in an output stands for anything on its line; blanks at ends do not count. */
  private static Pattern pattern(List<String> output) {
    String text =
        output.stream()
            .map(line ->
                Stream.of(line.split("…", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*")))
            .collect(Collectors.joining(" *\n"));
    return Pattern.compile("\\s*" + text + "\\s*");
  }

  private static void assertNothingRuns(Path project) {
    assertThat(project.resolve(".undercroft")).exists();
    assertThat(project.resolve(".undercroft/run.json")).doesNotExist();
    assertThat(project.resolve(".undercroft/data/postmaster.pid")).doesNotExist();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
