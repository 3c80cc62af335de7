package dev.undercroft.pgisolation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules about a database, each a query that gives object and detail of what breaks it. In the file
 * a line {@code --# name | requirement | remedy} stands before each. Immutable, thread-safe.
 */
public final class RuleBook {

  private static final String MARK = "--# ";

  private final List<Rule> rules;
  private final String ground;

  private record Rule(String name, String requirement, String remedy, String sql) {}

  /**
   * What breaks a rule.
   *
   * @param rule its name
   * @param requirement the number of a requirement, or empty text
   * @param object what it is about
   * @param detail what was seen
   * @param remedy what to do
   */
  public record Breach(
      String rule, String requirement, String object, String detail, String remedy) {}

  private RuleBook(List<Rule> rules, String ground) {
    this.rules = List.copyOf(rules);
    this.ground = ground;
  }

  /**
   * Reads a resource.
   *
   * @param beside a class of the package in which the resource is
   * @param resource its name
   * @param ground stands before each query, for example common table expressions
   */
  public static RuleBook read(Class<?> beside, String resource, String ground) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is not in the program");
      }
      String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split(MARK, -1);
      List<Rule> rules = new ArrayList<>();
      for (int at = 1; at < parts.length; at++) {
        String head = parts[at].lines().findFirst().orElse("");
        String[] words = head.split(" \\| ", 3);
        rules.add(
            new Rule(
                words[0],
                words[1].equals("-") ? "" : words[1],
                words[2],
                parts[at].substring(head.length())));
      }
      return new RuleBook(rules, ground);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rules. */
  public int count() {
    return rules.size();
  }

  /**
   * Asks all rules; one that cannot be asked is a breach named {@code rule-failed}.
   *
   * @param connection in a transaction
   * @param words what stands in the queries for these words, as SQL
   */
  public List<Breach> ask(Connection connection, Map<String, String> words) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return together(connection, words);
    } catch (SQLException oneFails) {
      connection.rollback(before);
      return oneByOne(connection, words);
    } finally {
      connection.releaseSavepoint(before);
    }
  }

  /** All in one statement, which is planned once. */
  private List<Breach> together(Connection connection, Map<String, String> words)
      throws SQLException {
    StringBuilder sql = new StringBuilder(ground);
    for (int at = 0; at < rules.size(); at++) {
      sql.append(at == 0 ? "" : " union all ")
          .append("select ")
          .append(at)
          .append(", r.* from (")
          .append(rules.get(at).sql())
          .append("\n) r (object, detail)");
    }
    List<Breach> breaches = new ArrayList<>();
    for (List<String> row : Rows.again(connection, filled(sql.toString(), words))) {
      breaches.add(breach(rules.get(Integer.parseInt(row.get(0))), row.get(1), row.get(2)));
    }
    return breaches;
  }

  private List<Breach> oneByOne(Connection connection, Map<String, String> words)
      throws SQLException {
    List<Breach> breaches = new ArrayList<>();
    for (Rule rule : rules) {
      Savepoint before = connection.setSavepoint();
      try {
        for (List<String> row : Rows.of(connection, filled(ground + rule.sql(), words))) {
          breaches.add(breach(rule, row.get(0), row.get(1)));
        }
      } catch (SQLException failed) {
        connection.rollback(before);
        breaches.add(failed(rule, failed));
      }
      connection.releaseSavepoint(before);
    }
    return breaches;
  }

  private static String filled(String sql, Map<String, String> words) {
    String filled = sql;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace(word.getKey(), word.getValue());
    }
    return filled;
  }

  private static Breach breach(Rule rule, String object, String detail) {
    return new Breach(rule.name(), rule.requirement(), object, detail, rule.remedy());
  }

  private static Breach failed(Rule rule, SQLException failure) {
    return new Breach(
        "rule-failed",
        rule.requirement(),
        rule.name(),
        "the rule could not be asked: " + failure.getMessage(),
        "Repair what stands in its way; a rule that cannot be asked has not been kept.");
  }
}
