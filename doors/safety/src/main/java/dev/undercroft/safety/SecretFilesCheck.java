package dev.undercroft.safety;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.SafetyAnswer.Finding;
import dev.undercroft.safety.Places.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds files with secrets that more than their owner can read. */
record SecretFilesCheck(Place place) {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try {
      for (Path file : files()) {
        Set<PosixFilePermission> mode =
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (mode.stream().anyMatch(OTHERS::contains)) {
          findings.add(finding(file, mode));
        }
      }
    } catch (IOException cause) {
      throw Problem.of(
              "SAFETY_FILES_UNREADABLE",
              ProblemKind.EXTERNAL,
              "the files of " + place.project().name() + " cannot be looked at")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Run the command as the account that owns the folder.")
          .exception(cause);
    }
    return findings;
  }

  private Finding finding(Path file, Set<PosixFilePermission> mode) {
    return new Finding(
        place.project().name(),
        "secret-file",
        file.toString(),
        "is " + PosixFilePermissions.toString(mode) + ": other accounts of the machine read it",
        "chmod 600 " + file,
        "13.3.2");
  }

  /** What holds secrets: the made ones, the given ones, and the files of variables. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder :
        List.of(place.state().resolve("secrets"), place.project().folder().resolve("secrets"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> inside = Files.walk(folder)) {
          inside.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
      }
    }
    Path token = place.state().resolve("operator.token");
    if (Files.isRegularFile(token)) {
      files.add(token);
    }
    try (Stream<Path> beside = Files.list(place.project().folder())) {
      beside
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("\\.env(\\..*)?"))
          .filter(file -> !file.toString().endsWith(".example"))
          .sorted()
          .forEach(files::add);
    }
    return files;
  }
}
