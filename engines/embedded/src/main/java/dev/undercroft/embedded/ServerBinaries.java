package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of one PostgreSQL installation. Immutable, thread-safe.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 * @param bin the folder with {@code postgres} and {@code initdb}
 * @param version as the server says it, for example {@code 18.6}
 */
public record ServerBinaries(Path home, Path bin, String version) {

  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\S*)");
  private static final List<String> NEEDED = List.of("postgres", "initdb");

  /**
   * The programs that came on the class path for this machine, unpacked into the cache if they are
   * not there yet or are damaged there. Safe to call from several processes at once.
   *
   * @param cache the cache folder, see {@link CacheFolder}
   * @throws ProblemException if there are none for this machine, or the cache cannot be written
   */
  public static ServerBinaries bundled(Path cache) {
    return new BinariesCache(cache, ServerAccount.current()).resolve();
  }

  /**
   * The programs of an installation on this machine.
   *
   * @param installation its folder, or the {@code bin} folder in it
   * @throws ProblemException if {@code postgres} or {@code initdb} is missing or does not run
   */
  public static ServerBinaries installedAt(Path installation) {
    Path bin =
        Files.isDirectory(installation.resolve("bin")) ? installation.resolve("bin") : installation;
    for (String program : NEEDED) {
      if (!Files.isExecutable(bin.resolve(program))) {
        throw Problem.of(
                "EMBEDDED_BINARIES_MISSING",
                ProblemKind.INPUT,
                "no PostgreSQL installation at " + installation + ": " + program + " is missing")
            .withRemedy(
                "Let engine.binaries name the folder of an installation, for example"
                    + " /usr/lib/postgresql/18, or remove the setting to use the bundled server.")
            .with("path", installation)
            .exception();
      }
    }
    Path home = bin.getParent() == null ? bin : bin.getParent();
    return new ServerBinaries(home, bin, readVersion(bin));
  }

  static String readVersion(Path bin) {
    ProcessRun run = ProcessRun.of(List.of(bin.resolve("postgres").toString(), "--version"));
    Matcher matcher = VERSION.matcher(run.output());
    if (run.exitCode() != 0 || !matcher.find()) {
      throw Problem.of(
              "EMBEDDED_BINARIES_BROKEN",
              ProblemKind.EXTERNAL,
              "the program " + bin.resolve("postgres") + " does not run on this machine")
          .withDetail(run.output().strip())
          .withRemedy(
              "Install what the message names, or let engine.binaries name another installation.")
          .exception();
    }
    return matcher.group(1);
  }

  /** The first number of the version: 18 for {@code 18.6} and for {@code 18beta2}. */
  public int major() {
    Matcher digits = Pattern.compile("\\d+").matcher(version);
    return digits.find() ? Integer.parseInt(digits.group()) : 0;
  }

  /** Where a program of this installation is, present or not. */
  public Path program(String name) {
    return bin.resolve(name);
  }
}
