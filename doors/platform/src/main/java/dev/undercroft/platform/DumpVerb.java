package dev.undercroft.platform;

import dev.undercroft.base.Progress;

/** Carries out {@link SchemaCommand.Dump}. Thread-safe implementations only. */
@FunctionalInterface
public interface DumpVerb {

  /** Dumps. */
  DumpWritten dump(SchemaCommand.Dump command, Progress progress);
}
