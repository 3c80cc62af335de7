package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.platform.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a short command loads decides how short it is. */
class LazinessTest {

  /** The command line in a process of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      System.exit(new Cli(Terminal.ofProcess(), new Product()).run(List.of(arguments)));
    }
  }

  /** Loaded late, as the real one is. */
  private static final class Product implements Supplier<Platform> {
    @Override
    public Platform get() {
      return new CannedPlatform();
    }
  }

  @Test
  void help_and_version_load_neither_parser_nor_json_nor_settings_nor_product() throws Exception {
    for (String word : List.of("--help", "version", "help", "migrate status --help")) {
      assertThat(loaded(word.split(" ", -1))).as(word).noneMatch(LazinessTest::isHeavy);
    }
  }

  private static boolean isHeavy(String type) {
    return type.startsWith("picocli.")
        || type.startsWith("tools.jackson.")
        || type.startsWith("org.")
        || type.startsWith("dev.undercroft.settings.")
        || type.startsWith("dev.undercroft.platform.Migrate");
  }

  @Test
  void a_command_without_options_needs_no_parser_and_one_without_json_no_json() throws Exception {
    assertThat(loaded("migrate", "status"))
        .noneMatch(type -> type.startsWith("picocli."))
        .noneMatch(type -> type.startsWith("tools.jackson."));
    assertThat(loaded("migrate", "status", "--project", "shop", "--color=never"))
        .noneMatch(type -> type.startsWith("picocli."));
    assertThat(loaded("migrate", "status", "-q")).noneMatch(type -> type.startsWith("picocli."));
    assertThat(loaded("migrate", "status", "-etest"))
        .anyMatch(type -> type.startsWith("picocli."))
        .noneMatch(type -> type.startsWith("tools.jackson."));
    assertThat(loaded("migrate", "status", "--json"))
        .anyMatch(type -> type.startsWith("tools.jackson."));
  }

  private static List<String> loaded(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:class+load:stderr",
            "-Dundercroft.tty=",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    List<String> types =
        text.lines()
            .filter(line -> line.contains(" source: "))
            .map(line -> line.replaceFirst("^\\[.*\\] ", "").split(" ", 2)[0])
            .toList();
    assertThat(types).anyMatch(type -> type.equals(Cli.class.getName()));
    return types;
  }
}
