package dev.undercroft.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, made and used as on a machine that has no Java, no Maven and no PostgreSQL. */
class DistributionTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  /** What the shell script and the start of a server use; nothing else is on the PATH. */
  private static final List<String> TOOLS =
      List.of("bash", "sh", "readlink", "stty", "setpriv", "setsid", "test", "kill", "rm");

  @TempDir private Path folder;

  @BeforeEach
  void the_server_may_enter() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  @Tag("long")
  void the_archive_runs_where_there_is_no_java() throws Exception {
    assertThat(run(ROOT, Map.of(), ROOT.resolve("build").toString(), "dist").exit()).isZero();
    Path place = Files.createDirectory(folder.resolve("another place"));
    assertThat(run(place, Map.of(), "tar", "-xzf", archive().toString()).exit()).isZero();
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), tool(tool));
    }
    String command = unpacked(place).resolve("bin/undercroft").toString();
    Map<String, String> bare = Map.of("PATH", bin.toString(), "JAVA_HOME", "");
    Path shop = Files.createDirectory(folder.resolve("shop"));
    assertThat(run(shop, bare, command, "version").text()).startsWith("undercroft ");
    assertThat(run(shop, bare, command, "init").exit()).isZero();
    Said up = run(shop, bare, command, "up", "--detach", "--port", "0");
    try {
      assertThat(up.text()).contains("healthy after", "1 applied");
      assertThat(up.exit()).isZero();
      Said health = run(shop, bare, command, "health");
      assertThat(health.text()).contains("shop");
      assertThat(run(shop, bare, command, "migrate", "status").exit()).isZero();
    } finally {
      assertThat(run(shop, bare, command, "down").text()).contains("Stopped in");
    }
    assertThat(run(shop, bare, command, "status").exit()).isEqualTo(3);
  }

  private static Path tool(String name) {
    return Stream.of("/usr/bin", "/bin")
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  private static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("dist"))) {
      return files
          .filter(file -> file.toString().endsWith(".tar.gz"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no archive"));
    }
  }

  private static Path unpacked(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.findFirst().orElseThrow(() -> new AssertionError("nothing was unpacked"));
    }
  }

  private record Said(int exit, String text) {}

  private static Said run(Path place, Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
    builder.environment().keySet().removeAll(List.of("DATABASE_URL", "DIRECT_URL", "PORT"));
    builder.environment().putAll(variables);
    Path out = Files.createTempFile("undercroft-dist", ".out");
    try {
      Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
      int exit = process.waitFor();
      return new Said(exit, Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
    }
  }
}
