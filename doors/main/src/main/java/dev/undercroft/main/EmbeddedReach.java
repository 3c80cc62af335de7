package dev.undercroft.main;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.LivingProcess;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.embedded.SecretFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way to the embedded server that another process of this account runs, or that a dead one left
 * behind. Immutable.
 *
 * @param server what {@code run.json} says of it
 */
record EmbeddedReach(RunState.ServerReach server) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String MAINTENANCE = "postgres";

  /** The server of a state folder, if its process lives. */
  static Optional<EmbeddedReach> of(StateFolder state) {
    return new RunFile(state.runFile())
        .read()
        .flatMap(RunState::server)
        .filter(server -> LivingProcess.of(server.pid()).isPresent())
        .map(EmbeddedReach::new);
  }

  /** The passwords of the server's roles. */
  SecretFolder secrets() {
    return new SecretFolder(server.secrets());
  }

  /** The superuser, in the database for maintenance. */
  PostgresAddress superuser() {
    Secret password =
        secrets()
            .find(EmbeddedServer.PASSWORD)
            .orElseThrow(() ->
                Problem.of(
                        "MAIN_SECRET_MISSING",
                        ProblemKind.NOT_FOUND,
                        "the server's password is not in "
                            + secrets().file(EmbeddedServer.PASSWORD))
                    .withRemedy("Stop the instance with `undercroft down` and start it again.")
                    .exception());
    return superuser(server.port(), password);
  }

  /** The server is needed, and does not run. */
  static ProblemException down(Ground ground) {
    return Problem.of(
            "MAIN_SERVER_DOWN",
            ProblemKind.CONFLICT,
            "the embedded database server of " + ground.workspace().folder() + " does not run")
        .withDetail("This command starts nothing.")
        .withRemedy("Run `undercroft up --detach` first, and ask again.")
        .exception();
  }

  /** The superuser of an embedded server, in the database for maintenance. */
  static PostgresAddress superuser(int port, Secret password) {
    return new PostgresAddress(
        List.of(new HostPort(LOOPBACK, port)),
        MAINTENANCE,
        EmbeddedSettings.SUPERUSER,
        password,
        Map.of());
  }
}
