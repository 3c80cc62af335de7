package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a small house of its own with a Maven and a JDK that only say what they do. */
class LauncherTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  private static final String MAVEN =
      """
      #!/bin/bash
      echo "[INFO] Building undercroft-main 1 [1/1]"
      echo built >>"$HOUSE/builds"
      if [ -p "$HOUSE/gate" ]; then
        touch "$HOUSE/begun"
        read -r _ <"$HOUSE/gate"
      fi
      if [ -e "$HOUSE/broken" ]; then
        echo "[ERROR] Main.java:[3,1] ';' expected"
        exit 1
      fi
      mkdir -p "$HOUSE/doors/main/target/run/lib" "$HOUSE/apps/shop/target/run"
      touch "$HOUSE/doors/main/target/run/lib/other-1.jar" \\
        "$HOUSE/doors/main/target/run/lib/undercroft-base-1.jar" \\
        "$HOUSE/doors/main/target/run/undercroft-main-1.jar" \\
        "$HOUSE/apps/shop/target/run/undercroft-apps-shop-1.jar"
      """;

  private static final String JAVA =
      """
      #!/bin/bash
      for argument in "$@"; do
        case $argument in
          *Rehearsal*)
            if [ -p "$HOUSE/stage" ]; then
              echo $$ >"$HOUSE/new" && mv "$HOUSE/new" "$HOUSE/rehearsing"
              read -r _ <"$HOUSE/stage"
            fi
            exit 0
            ;;
          -XX:AOTMode=create) create=yes ;;
          -XX:AOTCache=*) [ -z "${create:-}" ] || touch "${argument#*=}" ;;
        esac
      done
      [ -z "${create:-}" ] || exit 0
      grep SigIgn /proc/$$/status
      env | grep ^UNDERCROFT_ || true
      printf '%s\\n' "$@"
      """;

  @TempDir private Path folder;
  private Path house;
  private String path = ":/usr/bin:/bin";
  private String caches = "no";

  @BeforeEach
  void a_house_with_a_blank_in_its_path() throws IOException {
    house = folder.resolve("a house");
    for (String file :
        List.of(
            "undercroft",
            "workshop/launch.sh",
            "workshop/build-launcher.sh",
            "workshop/train.sh",
            "workshop/find-jdk.sh")) {
      Files.createDirectories(house.resolve(file).getParent());
      Files.copy(ROOT.resolve(file), house.resolve(file));
    }
    write("pom.xml", "");
    write("doors/main/pom.xml", "");
    write("doors/main/src/main/java/Main.java", "");
    write("apps/shop/pom.xml", "");
    program("bin/mvn", MAVEN);
    program("jdk/bin/java", JAVA);
    program("jdk/bin/javac", "#!/bin/bash\n");
    write("jdk/release", "JAVA_VERSION=\"25.0.3\"\n");
  }

  @Test
  void the_first_start_builds_and_the_second_does_not() throws Exception {
    Result first = run(house.resolve("undercroft").toString(), "version");
    assertThat(first.code()).isZero();
    assertThat(first.err()).contains("building from the sources", "built in");
    Result second = run(house.resolve("undercroft").toString(), "version");
    assertThat(second.err()).isEmpty();
    assertThat(second.out())
        .endsWith("dev.undercroft.main.Main\nversion\n")
        .doesNotContain("UNDERCROFT_");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_newer_source_builds_again() throws Exception {
    run(house.resolve("undercroft").toString(), "version");
    later("doors/main/src/main/java/Main.java");
    run(house.resolve("undercroft").toString(), "version");
    assertThat(builds()).isEqualTo(2);
    run(house.resolve("undercroft").toString(), "version");
    assertThat(builds()).isEqualTo(3);
    makeOld("doors/main/src/main/java/Main.java");
    run(house.resolve("undercroft").toString(), "version");
    assertThat(builds()).isEqualTo(3);
    try (var left = Files.list(house.resolve("target/launcher"))) {
      assertThat(left.filter(one -> one.getFileName().toString().startsWith("build-"))).hasSize(2);
    }
  }

  @Test
  void it_works_through_a_link_from_any_folder_and_hands_on_every_argument() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("undercroft"), house.resolve("undercroft"));
    Result result = run(link.toString(), "shell", "-c", "select 'a b'", "");
    assertThat(result.out()).endsWith("dev.undercroft.main.Main\nshell\n-c\nselect 'a b'\n\n");
    String path =
        result
            .out()
            .lines()
            .dropWhile(line -> !line.equals("-cp"))
            .skip(1)
            .findFirst()
            .orElseThrow();
    assertThat(path.split(":", -1)).allMatch(jar -> Files.exists(Path.of(jar))).hasSize(4);
    assertThat(path).endsWith("other-1.jar");
  }

  @Test
  void short_commands_and_a_server_get_what_suits_them() throws Exception {
    String launcher = house.resolve("undercroft").toString();
    caches = "yes";
    run(launcher, "version");
    awaitFile(house.resolve("target/launcher/current/trained"));
    assertThat(run(launcher, "--help").out())
        .contains(
            "quick.aot", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dundercroft.tty=\n");
    assertThat(run(launcher, "migrate", "status").out())
        .contains("read.aot", "-XX:TieredStopAtLevel=1");
    assertThat(run(launcher, "migrate", "deploy").out())
        .contains("full.aot", "-XX:TieredStopAtLevel=1");
    assertThat(run(launcher, "--project=x", "up").out())
        .contains("full.aot")
        .doesNotContain("TieredStopAtLevel", "SerialGC");
  }

  @Test
  void a_server_that_a_script_starts_in_the_background_hears_the_interrupt() throws Exception {
    String launcher = house.resolve("undercroft").toString();
    run(launcher, "version");
    Result up = run("sh", "-c", "trap '' INT; exec \"$0\" up", launcher);
    assertThat(up.out().lines().findFirst().orElseThrow())
        .matches("SigIgn:\\s+[0-9a-f]*[014589cd]");
    Result other = run("sh", "-c", "trap '' INT; exec \"$0\" status", launcher);
    assertThat(other.out().lines().findFirst().orElseThrow())
        .matches("SigIgn:\\s+[0-9a-f]*[2367abef]");
  }

  @Test
  void beside_a_server_in_the_foreground_nothing_is_trained() throws Exception {
    caches = "yes";
    run(house.resolve("undercroft").toString(), "up");
    assertThat(house.resolve("target/launcher/current/stamp")).exists();
    assertThat(house.resolve("target/launcher/current/training")).doesNotExist();
    run(house.resolve("undercroft").toString(), "up", "--detach");
    awaitFile(house.resolve("target/launcher/current/trained"));
  }

  @Test
  void down_ends_a_training_and_a_later_command_begins_it_again() throws Exception {
    caches = "yes";
    pipe("stage");
    String launcher = house.resolve("undercroft").toString();
    run(launcher, "version");
    ProcessHandle rehearsal = rehearsal();
    assertThat(run(launcher, "down").out()).endsWith("down\n");
    assertThat(rehearsal.isAlive()).isFalse();
    assertThat(house.resolve("target/launcher/current/trained")).doesNotExist();
    Files.delete(house.resolve("stage"));
    run(launcher, "version");
    awaitFile(house.resolve("target/launcher/current/trained"));
  }

  @Test
  void a_failed_build_shows_its_errors_and_runs_nothing() throws Exception {
    write("broken", "");
    Result result = run(house.resolve("undercroft").toString(), "version");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("the build failed", "Main.java:[3,1] ';' expected", "build.log");
    Files.delete(house.resolve("broken"));
    assertThat(run(house.resolve("undercroft").toString(), "version").code()).isZero();
  }

  @Test
  void without_maven_it_says_what_to_install() throws Exception {
    Files.delete(house.resolve("bin/mvn"));
    for (String tool : List.of("bash", "find", "flock", "mkdir", "readlink")) {
      Files.createSymbolicLink(house.resolve("bin/" + tool), Path.of("/usr/bin", tool));
    }
    path = "";
    Result result = run(house.resolve("undercroft").toString(), "version");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("apt install maven", "packaged distribution");
  }

  @Test
  void two_starts_at_once_build_once() throws Exception {
    pipe("gate");
    Process first = start(house.resolve("undercroft").toString(), "version");
    awaitFile(house.resolve("begun"));
    Process second = start(house.resolve("undercroft").toString(), "version");
    try (BufferedReader err = second.errorReader()) {
      assertThat(err.readLine()).contains("another process builds");
      Files.writeString(house.resolve("gate"), "go\n");
      assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(first.exitValue()).isZero();
    assertThat(second.exitValue()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_place_that_cannot_be_written_is_told() throws Exception {
    Files.createDirectories(house.resolve("target"));
    write("target/launcher", "a file where a folder should be");
    Result without = run(house.resolve("undercroft").toString(), "version");
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err()).contains("cannot be written", "as the owner of");
  }

  private record Result(int code, String out, String err) {}

  private Result run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Process start(String... command) throws IOException {
    return builder(command).redirectOutput(folder.resolve("ignored").toFile()).start();
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", house.resolve("bin") + path);
    environment.put("JAVA_HOME", house.resolve("jdk").toString());
    environment.put("HOUSE", house.toString());
    environment.put("UNDERCROFT_LAUNCHER_CACHES", caches);
    return builder;
  }

  private void pipe(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", house.resolve(name).toString()).start().waitFor())
        .isZero();
  }

  private ProcessHandle rehearsal() throws IOException, InterruptedException {
    awaitFile(house.resolve("rehearsing"));
    long process = Long.parseLong(Files.readString(house.resolve("rehearsing")).strip());
    return ProcessHandle.of(process).orElseThrow();
  }

  private long builds() throws IOException {
    return Files.readAllLines(house.resolve("builds")).size();
  }

  private static void awaitFile(Path file) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as("waiting for %s", file).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private void later(String file) throws IOException {
    Files.setLastModifiedTime(house.resolve(file), FileTime.from(Instant.now().plusSeconds(3600)));
  }

  private void makeOld(String file) throws IOException {
    Files.setLastModifiedTime(house.resolve(file), FileTime.from(Instant.now().minusSeconds(3600)));
  }

  private void program(String name, String text) throws IOException {
    write(name, text);
    Files.setPosixFilePermissions(
        house.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(house.resolve(name).getParent());
    Files.writeString(house.resolve(name), text);
  }
}
