package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.InstanceStatus;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.InstanceSummary.ServedProject;
import dev.undercroft.platform.LifeCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Opens psql on the database of one project of the running instance. */
final class ShellVerb {

  private static final Option COMMAND =
      Option.of("--command -c", "SQL", "Runs this and returns, as psql -c does.");

  private ShellVerb() {}

  static Verb shell() {
    return Verb.named("shell")
        .says(
            "Opens psql on the database of one project of the running instance. psql must be"
                + " installed; its own arguments stand behind --.")
        .operand("ARGUMENT", 0, Integer.MAX_VALUE, "Arguments for psql, behind --.")
        .option(COMMAND)
        .example("undercroft shell --project shop", "Opens an interactive session.")
        .example("undercroft shell --project shop -c 'select 1'", "Runs one statement.")
        .does(ShellVerb::run);
  }

  private static int run(Call call) throws IOException, InterruptedException {
    Path psql = psql(call.terminal());
    InstanceStatus status = call.run(new LifeCommand.Status(call.scope()));
    InstanceSummary summary = status.summary().orElseThrow(ShellVerb::notRunning);
    ServedProject project = one(call, summary);
    List<String> command = new ArrayList<>(List.of(psql.toString(), project.url()));
    call.text(COMMAND).ifPresent(sql -> command.addAll(List.of("-c", sql)));
    command.addAll(call.operands());
    ProcessBuilder process = new ProcessBuilder(command).inheritIO();
    process.directory(call.terminal().directory().toFile());
    if (Files.isRegularFile(project.passwordFile())) {
      process.environment().put("PGPASSWORD", Files.readString(project.passwordFile()).strip());
    }
    return process.start().waitFor() == 0 ? 0 : 1;
  }

  private static ServedProject one(Call call, InstanceSummary summary) {
    List<String> wanted = call.scope().projects();
    List<ServedProject> projects =
        summary.projects().stream()
            .filter(project -> wanted.isEmpty() || wanted.contains(project.name()))
            .toList();
    if (projects.size() != 1) {
      throw Problem.of(
              "CLI_PROJECT_NOT_NAMED", ProblemKind.USAGE, "a shell is for one project's database")
          .withRemedy(
              "Add --project with one of: "
                  + summary.projects().stream()
                      .map(ServedProject::name)
                      .collect(Collectors.joining(", "))
                  + ".")
          .exception();
    }
    return projects.getFirst();
  }

  private static Path psql(Terminal terminal) {
    String path = terminal.variables().getOrDefault("PATH", "");
    Optional<Path> found =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(path)
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, "psql"))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow(() ->
        Problem.of("CLI_NO_PSQL", ProblemKind.EXTERNAL, "there is no psql on the PATH")
            .withRemedy("Install PostgreSQL's client, for example the package postgresql-client.")
            .exception());
  }

  private static ProblemException notRunning() {
    return Problem.of("CLI_NOT_RUNNING", ProblemKind.CONFLICT, "nothing runs here")
        .withRemedy("Run `undercroft up` first.")
        .exception();
  }
}
