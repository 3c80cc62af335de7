package dev.undercroft.main;

import dev.undercroft.base.ProblemException;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.LifeCommand;
import dev.undercroft.platform.Scope;
import dev.undercroft.platform.Started;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Where the process of a detached instance begins; reads what to serve from standard input. */
public final class ServeMain {

  /** Stands before the problems, as JSON, when the instance could not start. */
  static final String PROBLEMS = "problems: ";

  private ServeMain() {}

  /** Serves until it is stopped. */
  public static void main(String[] arguments) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    Scope scope = mapper.readValue(System.in.readAllBytes(), Scope.class);
    try {
      Caller caller = new Caller.LocalOperator(System.getProperty("user.name", "?"));
      Started started =
          Wiring.platform().run(caller, new LifeCommand.Up(scope, LifeCommand.Mode.FOREGROUND));
      started.running().awaitStop();
      System.exit(0);
    } catch (ProblemException problem) {
      System.out.println(PROBLEMS + mapper.writeValueAsString(problem.problems()));
      System.exit(problem.first().kind().exitCode());
    }
  }
}
