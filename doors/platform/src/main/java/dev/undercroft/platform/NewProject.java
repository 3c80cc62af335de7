package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.ProjectCommand.FilesWritten;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes the first files of a project. Files that are there stay as they are. */
final class NewProject {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private final Path folder;
  private final String name;
  private final String title;

  /**
   * A project that is not written yet.
   *
   * @throws dev.undercroft.base.ProblemException if the name cannot be one
   */
  NewProject(ProjectCommand.Init command) {
    Path here = command.scope().directory();
    this.name = command.name().orElseGet(() -> nameOf(here));
    if (!NAME.matcher(name).matches()) {
      throw Problem.of(
              "PLATFORM_PROJECT_NAME",
              ProblemKind.INPUT,
              "'" + name + "' cannot be the name of a project")
          .withRemedy("Give one of small letters, digits and _, beginning with a letter.")
          .exception();
    }
    this.folder = here;
    this.title = command.title().orElse(name);
  }

  private static String nameOf(Path folder) {
    Path last = folder.getFileName();
    return last == null
        ? "app"
        : last.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
  }

  FilesWritten write() {
    if (Files.exists(folder.resolve("undercroft.toml"))) {
      throw Problem.of(
              "PLATFORM_PROJECT_EXISTS",
              ProblemKind.CONFLICT,
              folder + " is a project or workspace already")
          .withRemedy("Choose another folder, or go on with this one.")
          .exception();
    }
    List<Path> written = new ArrayList<>();
    List<Path> kept = new ArrayList<>();
    files()
        .forEach((file, text) ->
            (writeNew(folder.resolve(file), text) ? written : kept).add(folder.resolve(file)));
    return new FilesWritten(written, kept);
  }

  private static boolean writeNew(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.exists(file)) {
        return false;
      }
      Files.writeString(file, text);
      return true;
    } catch (IOException cause) {
      throw Problem.of("PLATFORM_NOT_WRITTEN", ProblemKind.EXTERNAL, "could not write " + file)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the folder writable, or choose another.")
          .exception(cause);
    }
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "undercroft.toml",
        """
        [project]
        name = "%s"
        title = "%s"

        [database]
        name = "%s_dev"
        """
            .formatted(name, title.replace("\\", "\\\\").replace("\"", "\\\""), name));
    addSql(files);
    files.put(".gitignore", ".undercroft/\n.env\n.env.local\nsecrets/\n");
    return files;
  }

  private static void addSql(Map<String, String> files) {
    files.put(
        "schema/10_notes.sql",
        """
        -- The wanted schema: what the tables shall be. Migrations bring a database there.
        CREATE TABLE note (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          text text NOT NULL CHECK (length(text) BETWEEN 1 AND 10000),
          created_at timestamptz NOT NULL DEFAULT now()
        );
        """);
    files.put(
        "migrations/20260101000000_notes/migration.sql",
        """
        CREATE TABLE note (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          text text NOT NULL CHECK (length(text) BETWEEN 1 AND 10000),
          created_at timestamptz NOT NULL DEFAULT now()
        );
        """);
    files.put("migrations/20260101000000_notes/down.sql", "DROP TABLE note;\n");
    files.put(
        "seed/10_notes.sql",
        """
        -- Rows to start with. Runs again at will, so it must not add them twice.
        INSERT INTO note (id, text)
        VALUES ('00000000-0000-4000-8000-000000000001', 'The first note')
        ON CONFLICT (id) DO NOTHING;
        """);
  }
}
