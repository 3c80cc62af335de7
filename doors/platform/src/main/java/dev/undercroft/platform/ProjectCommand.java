package dev.undercroft.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Making projects and what is derived from them.
 *
 * @param <R> what the verb answers
 */
public sealed interface ProjectCommand<R> extends Command<R> {

  /** Whether existing files may be replaced. */
  enum Overwrite {
    /** An existing file is a problem. */
    REFUSE,
    /** An existing file is replaced. */
    REPLACE
  }

  /**
   * Makes a new project in the scope's directory.
   *
   * @param name the project's name; empty takes the folder's
   * @param title the name for people; empty takes the project's
   */
  record Init(Scope scope, Optional<String> name, Optional<String> title)
      implements ProjectCommand<FilesWritten> {
    @Override
    public String verb() {
      return "init";
    }

    @Override
    public Class<FilesWritten> outcome() {
      return FilesWritten.class;
    }
  }

  /**
   * Writes typed access classes from the migrated database.
   *
   * @param packageName the Java package; empty takes the setting's
   * @param output the folder of sources; empty takes the setting's
   */
  record Generate(Scope scope, Optional<String> packageName, Optional<Path> output)
      implements ProjectCommand<FilesWritten> {
    @Override
    public String verb() {
      return "generate";
    }

    @Override
    public Class<FilesWritten> outcome() {
      return FilesWritten.class;
    }
  }

  /**
   * Makes secrets of 256 bits in files that only their owner reads.
   *
   * @param names which; empty for all that the project's settings name
   * @param overwrite whether existing ones are replaced
   */
  record GenerateSecrets(Scope scope, List<String> names, Overwrite overwrite)
      implements ProjectCommand<FilesWritten> {

    /** Copies the list. */
    public GenerateSecrets {
      names = List.copyOf(names);
    }

    @Override
    public String verb() {
      return "secrets generate";
    }

    @Override
    public Class<FilesWritten> outcome() {
      return FilesWritten.class;
    }
  }

  /**
   * Files that a verb wrote.
   *
   * @param written paths of files made or replaced, in order
   * @param kept paths of files that were there already and stayed
   */
  record FilesWritten(List<Path> written, List<Path> kept) {

    /** Copies the lists. */
    public FilesWritten {
      written = List.copyOf(written);
      kept = List.copyOf(kept);
    }
  }
}
