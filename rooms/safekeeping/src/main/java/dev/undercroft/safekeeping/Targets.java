package dev.undercroft.safekeeping;

import dev.undercroft.backup.RecoveryTarget;

/** Recovery targets as people read them. Stateless, thread-safe. */
final class Targets {

  private Targets() {}

  static String text(RecoveryTarget target) {
    return switch (target) {
      case RecoveryTarget.Latest() -> "the end of the stored log";
      case RecoveryTarget.AtTime(var time) -> "the moment " + time;
      case RecoveryTarget.AtLsn(var lsn) -> "the position " + lsn;
      case RecoveryTarget.AtName(var name) -> "the restore point '" + name + "'";
      case RecoveryTarget.AtTransaction(var xid) -> "the commit of transaction " + xid;
      case RecoveryTarget.BeforeDrop(var _, var _, var name) -> "the dropping of " + name;
      case RecoveryTarget.Immediate() -> "the end of the backup";
    };
  }
}
