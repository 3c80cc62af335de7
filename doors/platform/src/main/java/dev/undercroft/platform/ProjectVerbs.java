package dev.undercroft.platform;

import dev.undercroft.base.Progress;

/** Carries out {@link ProjectCommand}s. Thread-safe implementations only. */
public interface ProjectVerbs {

  /** Makes a project. */
  ProjectCommand.FilesWritten init(ProjectCommand.Init command);

  /** Writes typed access classes. */
  ProjectCommand.FilesWritten generate(ProjectCommand.Generate command, Progress progress);

  /** Makes secrets. */
  ProjectCommand.FilesWritten generateSecrets(ProjectCommand.GenerateSecrets command);
}
