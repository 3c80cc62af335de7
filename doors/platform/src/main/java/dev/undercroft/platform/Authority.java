package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.Optional;

/**
 * Decides who may carry out what: pure, one place for every door.
 *
 * <ul>
 *   <li>Whoever has an account on the machine and reads the project's folder may do everything.
 *   <li>The operator token opens what concerns the databases that are being served; starting,
 *       stopping and writing files stay with the machine.
 *   <li>Nobody known may do nothing; what the public may see, the HTTP door asks for itself.
 * </ul>
 */
final class Authority {

  private Authority() {}

  /** The problem that stands in the way, or nothing. */
  static Optional<Problem> refusal(Caller caller, Command<?> command) {
    return switch (caller) {
      case Caller.LocalOperator local -> Optional.empty();
      case Caller.TokenOperator token -> ofToken(command);
      case Caller.Anonymous anonymous ->
          Optional.of(
              Problem.of(
                      "PLATFORM_UNAUTHENTICATED",
                      ProblemKind.UNAUTHENTICATED,
                      "'" + command.verb() + "' needs an operator")
                  .withRemedy("Show the operator token, or use the command on the machine."));
    };
  }

  private static Optional<Problem> ofToken(Command<?> command) {
    boolean remote =
        switch (command) {
          case LifeCommand<?> life -> Weight.of(life) == Weight.READS;
          case MigrateCommand<?> migrate -> Weight.of(migrate) != Weight.DESTROYS;
          case ProjectCommand<?> project -> false;
          case InspectCommand<?> inspect -> !(inspect instanceof InspectCommand.Url);
          case SchemaCommand<?> schema -> false;
          case BackupCommand<?> backup -> Weight.of(backup) != Weight.DESTROYS;
          case SafetyCommand<?> safety -> false;
        };
    if (remote) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
                "PLATFORM_LOCAL_ONLY",
                ProblemKind.FORBIDDEN,
                "'" + command.verb() + "' is done on the machine itself, not over the network")
            .withRemedy("Run `undercroft " + command.verb() + "` there."));
  }
}
