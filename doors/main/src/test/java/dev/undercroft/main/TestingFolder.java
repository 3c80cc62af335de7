package dev.undercroft.main;

import dev.undercroft.base.LivingProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A workspace in a temporary folder, and the command run on it in processes of its own, as a person
 * would. Closing it stops what still runs there.
 */
final class TestingFolder implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final Map<String, String> variables = new TreeMap<>();
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * What a command said.
   *
   * @param exit its exit code
   * @param out its standard output
   * @param err everything else
   */
  record Said(int exit, String out, String err) {
    JsonNode json() {
      return JSON.readTree(out);
    }
  }

  private TestingFolder(Path folder) throws IOException {
    this.folder = folder;
    open(folder);
  }

  /**
   * Lets the user of the server enter; else a start by root keeps its data somewhere else, where
   * nobody deletes it after the test.
   */
  static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** One small project called shop. */
  static TestingFolder withShop(Path folder) throws IOException {
    write(folder, "undercroft.toml", "[project]\nname = \"shop\"\ntitle = \"The Shop\"\n");
    write(
        folder,
        "migrations/20260101000000_items/migration.sql",
        "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL);\n");
    write(
        folder,
        "seed/10_items.sql",
        "INSERT INTO item VALUES (1, 'lamp') ON CONFLICT (id) DO NOTHING;\n");
    return new TestingFolder(folder);
  }

  /** A folder that is no project. */
  static TestingFolder outsideOfProjects(Path folder) throws IOException {
    return new TestingFolder(folder);
  }

  /** The workspace of the repository, copied. */
  static TestingFolder withApplications(Path folder) throws IOException {
    List<String> names = List.of("simplycaster", "seda", "audiotricks", "epic", "codepal");
    List<String> quoted = names.stream().map(name -> "\"apps/" + name + "\"").toList();
    write(folder, "undercroft.toml", "[workspace]\nprojects = " + quoted + "\n");
    for (String name : names) {
      copyProject(name, folder.resolve("apps").resolve(name));
    }
    return new TestingFolder(folder);
  }

  /** The project of one application, copied. */
  static TestingFolder withApplication(Path folder, String name) throws IOException {
    copyProject(name, folder);
    return new TestingFolder(folder);
  }

  /** Copies what makes up the project of one application. */
  static void copyProject(String name, Path to) throws IOException {
    Path from = Path.of(System.getProperty("undercroft.root")).resolve("apps").resolve(name);
    for (String part :
        List.of("undercroft.toml", "grants.sql", "migrations", "seed", "schema", "checks")) {
      copy(from.resolve(part), to.resolve(part));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static void write(Path folder, String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** Writes a file of the project. */
  void write(String file, String text) throws IOException {
    write(folder, file, text);
  }

  /** Sets an environment variable for later commands. */
  TestingFolder with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Path folder() {
    return folder;
  }

  /** Runs a command to its end. */
  Said run(String... words) throws IOException, InterruptedException {
    Path out = Files.createTempFile("undercroft-test", ".out");
    Path err = Files.createTempFile("undercroft-test", ".err");
    try {
      Process process = start(out.toFile(), err.toFile(), words);
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            List.of(words) + " did not end: " + Files.readString(out) + Files.readString(err));
      }
      return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Starts a command and does not wait for it. */
  Process start(File out, File err, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(command());
    command.addAll(List.of(words));
    return builder(command).redirectOutput(out).redirectError(err).start();
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dundercroft.tty="));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.undercroft.main.Main");
    return command;
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(TestingFolder::decides);
    builder.environment().putAll(variables);
    return builder;
  }

  /** Runs a shell script to its end, however long that takes; it finds the command on its path. */
  Said script(Path script) throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path shim = bin.resolve("undercroft");
    Files.writeString(shim, "#!/bin/sh\nexec '" + String.join("' '", command()) + "' \"$@\"\n");
    Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder = builder(List.of("sh", script.toString()));
    builder.environment().merge("PATH", bin.toString(), (old, here) -> here + ":" + old);
    Path err = Files.createTempFile("undercroft-test", ".err");
    try {
      Process process = builder.redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** What is set around the test run must not decide what a test sees. */
  private static boolean decides(String variable) {
    return List.of("DATABASE_URL", "DIRECT_URL", "PORT", "NODE_ENV", "ENVIRONMENT")
        .contains(variable);
  }

  /** Starts in the background on a free port; the summary. */
  JsonNode up(String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("up", "--detach", "--json", "--port", "0"));
    words.addAll(List.of(more));
    Said said = run(words.toArray(String[]::new));
    if (said.exit() != 0) {
      throw new AssertionError("up failed: " + said);
    }
    return said.json();
  }

  /** The process that serves. */
  Optional<ProcessHandle> serving() {
    return new RunFile(folder.resolve(".undercroft/run.json")).read().flatMap(RunState::process);
  }

  /** The process of the embedded server. */
  long serverPid() {
    return new RunFile(folder.resolve(".undercroft/run.json"))
        .read()
        .flatMap(RunState::server)
        .orElseThrow()
        .pid();
  }

  /** The port of the embedded server. */
  int serverPort() {
    return new RunFile(folder.resolve(".undercroft/run.json"))
        .read()
        .flatMap(RunState::server)
        .orElseThrow()
        .port();
  }

  /** Where it serves. */
  String address() {
    return new RunFile(folder.resolve(".undercroft/run.json")).read().orElseThrow().address();
  }

  /** Whether this process serves by now. */
  boolean isServing(Process process) {
    return new RunFile(folder.resolve(".undercroft/run.json"))
        .read()
        .filter(run -> run.pid() == process.pid())
        .filter(run -> run.state() == RunState.Phase.SERVING)
        .isPresent();
  }

  /** Asks over HTTP. */
  HttpResponse<String> get(JsonNode summary, String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(summary.path("address").asString() + path))
            .timeout(PATIENCE)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks with the operator token, as the start says where it is. */
  HttpResponse<String> getAsOperator(JsonNode summary, String path)
      throws IOException, InterruptedException {
    String token = Files.readString(Path.of(summary.path("tokenFile").asString())).strip();
    return client.send(
        HttpRequest.newBuilder(URI.create(summary.path("address").asString() + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** A connection as the summary names it, password from the file it names. */
  static Connection connect(JsonNode project) throws IOException, SQLException {
    URI url = URI.create(project.path("url").asString());
    Properties login = new Properties();
    login.setProperty("user", url.getUserInfo());
    login.setProperty(
        "password", Files.readString(Path.of(project.path("passwordFile").asString())).strip());
    String jdbc = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
    return DriverManager.getConnection(jdbc, login);
  }

  static String value(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  static boolean isAlive(long pid) {
    return LivingProcess.of(pid).isPresent();
  }

  @Override
  public void close() throws IOException {
    client.close();
    if (!Files.exists(folder.resolve("undercroft.toml"))) {
      return;
    }
    try {
      Said down = run("down", "--timeout", "60");
      if (down.exit() != 0) {
        throw new AssertionError("down failed: " + down);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
