package dev.undercroft.platform;

/** How much the verbs about backups may do. Stateless. */
final class BackupWeight {

  private BackupWeight() {}

  static Weight of(BackupCommand<?> command) {
    return switch (command) {
      case BackupCommand.Listing listing -> Weight.READS;
      case BackupCommand.Show show -> Weight.READS;
      case BackupCommand.Health health -> Weight.READS;
      case BackupCommand.Create create -> Weight.CHANGES;
      case BackupCommand.Verify verify -> Weight.CHANGES;
      case BackupCommand.Restore restore -> Weight.CHANGES;
      case BackupCommand.Prune prune ->
          prune.action() == BackupCommand.Action.DRY_RUN ? Weight.READS : Weight.DESTROYS;
      case BackupCommand.RestoreTable table -> Weight.CHANGES;
      // What was to be kept may be removed from then on.
      case BackupCommand.Pin pin -> pin.reason().isPresent() ? Weight.CHANGES : Weight.DESTROYS;
      case BackupCommand.Dump dump -> Weight.CHANGES;
      // The living database stays, under another name.
      case BackupCommand.RestoreDump dump -> Weight.CHANGES;
      case BackupCommand.Drill drill -> Weight.CHANGES;
      case BackupCommand.Delete delete -> Weight.DESTROYS;
    };
  }
}
