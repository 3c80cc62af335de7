package dev.undercroft.cli;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.ConnectionUrls;
import dev.undercroft.platform.ConnectionUrls.ConnectionUrl;
import dev.undercroft.platform.InspectCommand.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints how programs reach databases, password included. */
final class UrlVerb {

  private static final Option ROLE =
      Option.of(
          "--role", "ROLE", "app (by default), system, migrator, analytics, backup or superuser.");

  private UrlVerb() {}

  static Verb url() {
    return Verb.named("url")
        .says(
            "Prints the URL by which psql, drivers and other programs reach the database of a"
                + " project, with the password. For one project it is the URL and nothing else; for"
                + " several, a line for each: the project's name, a tab, the URL. The superuser is"
                + " that of the embedded server, which sees every database. With psql:"
                + " psql \"$(undercroft url --project shop)\".")
        .option(ROLE)
        .example("undercroft url --project shop", "As the application.")
        .example("undercroft url --role superuser", "The server, with all its databases.")
        .example("undercroft url --role migrator --json", "For programs.")
        .answers(ConnectionUrls.class)
        .does(call -> {
          Url command = new Url(call.scope(), role(call.text(ROLE).orElse("app")));
          call.answer(call.run(command), UrlVerb::text);
          return 0;
        });
  }

  private static Url.As role(String word) {
    List<String> words = new ArrayList<>();
    for (Url.As role : Url.As.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      if (name.equals(word)) {
        return role;
      }
      words.add(name);
    }
    throw Problem.of("CLI_UNKNOWN_ROLE", ProblemKind.USAGE, "there is no role '" + word + "'")
        .withRemedy(
            Nearest.to(word, words)
                .map(near -> "Did you mean --role " + near + "?")
                .orElse("Write one of: " + String.join(", ", words) + "."))
        .exception();
  }

  private static String text(ConnectionUrls answer) {
    if (answer.urls().size() == 1) {
      return answer.urls().getFirst().url() + "\n";
    }
    StringBuilder text = new StringBuilder();
    for (ConnectionUrl one : answer.urls()) {
      text.append(one.project()).append('\t').append(one.url()).append('\n');
    }
    return text.toString();
  }
}
