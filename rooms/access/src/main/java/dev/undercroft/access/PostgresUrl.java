package dev.undercroft.access;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.util.ArrayList;
import java.util.List;

/** Reads one PostgreSQL URL and collects what is wrong with it. Used once. */
final class PostgresUrl {

  private static final String ENCODE =
      "Characters that have a meaning in a URL must be percent-encoded in user and password:"
          + " @ is %40, : is %3A, / is %2F, ? is %3F, # is %23, % is %25.";

  private final boolean jdbc;
  private final List<Problem> problems = new ArrayList<>();

  PostgresUrl(boolean jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Reads what follows the scheme.
   *
   * @throws ProblemException with all problems
   */
  PostgresAddress parse(String body) {
    String noFragment = body;
    if (body.indexOf('#') >= 0) {
      problem("ACCESS_URL_FRAGMENT", "the database URL has a # in it", ENCODE);
      noFragment = body.substring(0, body.indexOf('#'));
    }
    int question = noFragment.indexOf('?');
    String query = question < 0 ? "" : noFragment.substring(question + 1);
    String place = question < 0 ? noFragment : noFragment.substring(0, question);
    PostgresQuery parameters = new PostgresQuery(jdbc, problems).read(query);
    PostgresAddress address = place(place, parameters);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return address;
  }

  private PostgresAddress place(String place, PostgresQuery query) {
    String authority = "";
    String path = place;
    boolean slashes = place.startsWith("//");
    if (!slashes && !jdbc) {
      problem(
          "ACCESS_URL_SLASHES",
          "the database URL has no // after its kind",
          "Write postgres://user:password@host:5432/name.");
    }
    if (slashes || !jdbc) {
      String rest = slashes ? place.substring(2) : place;
      int slash = rest.indexOf('/');
      authority = slash < 0 ? rest : rest.substring(0, slash);
      path = slash < 0 ? "" : rest.substring(slash + 1);
    }
    int at = authority.lastIndexOf('@');
    String userInfo = at < 0 ? "" : authority.substring(0, at);
    if (userInfo.indexOf('@') >= 0) {
      problem("ACCESS_URL_ENCODING", "the database URL has an @ too many", ENCODE);
    }
    int colon = userInfo.indexOf(':');
    String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon), "user");
    String password = decode(colon < 0 ? "" : userInfo.substring(colon + 1), "password");
    List<HostPort> hosts =
        new HostList(problems).read(authority.substring(at + 1), query.hosts(), query.ports());
    String database = decode(path.startsWith("/") ? path.substring(1) : path, "database");
    return new PostgresAddress(
        hosts.isEmpty() ? List.of(new HostPort("localhost", HostPort.DEFAULT_PORT)) : hosts,
        required(pick(database, query.database(), "database"), "database", "after the last slash"),
        required(pick(user, query.user(), "user"), "user", "before the password"),
        Secret.of(pick(password, query.password(), "password")),
        query.parameters());
  }

  private String decode(String text, String what) {
    if (what.equals("database") && text.indexOf('/') >= 0) {
      problem("ACCESS_URL_PATH", "the database URL has a slash too many", ENCODE);
    }
    return UrlText.decode(text)
        .orElseGet(() -> {
          problem(
              "ACCESS_URL_ENCODING",
              "the " + what + " in the database URL is not percent-encoded correctly",
              ENCODE);
          return "";
        });
  }

  /** A part may stand in the body of the URL or after the question mark, not in both. */
  private String pick(String inPlace, String inQuery, String what) {
    if (!inPlace.isEmpty() && !inQuery.isEmpty() && !inPlace.equals(inQuery)) {
      problem(
          "ACCESS_URL_TWICE",
          "the database URL says the " + what + " twice",
          "Leave one of them out: before the question mark or after it.");
    }
    return inPlace.isEmpty() ? inQuery : inPlace;
  }

  private String required(String value, String what, String where) {
    boolean known = problems.stream().anyMatch(p -> p.code().equals("ACCESS_URL_ENCODING"));
    if (value.isEmpty() && !known) {
      problem(
          "ACCESS_URL_NO_" + (what.equals("user") ? "USER" : "DATABASE"),
          "the database URL names no " + what,
          "Put it " + where + ": postgres://user:password@host:5432/name.");
    }
    return value;
  }

  private void problem(String code, String message, String remedy) {
    problems.add(Problem.of(code, ProblemKind.INPUT, message).withRemedy(remedy));
  }
}
