package dev.undercroft.pgisolation;

import dev.undercroft.access.TenantContext;
import dev.undercroft.pgisolation.Attacks.Stage;
import dev.undercroft.pgisolation.Intruder.Outcome;
import dev.undercroft.pgisolation.Relation.Column;
import dev.undercroft.pgisolation.Relation.Foreign;
import dev.undercroft.pgisolation.Relation.Unique;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways to make rows that cross from one tenant to another. */
record Crossing(Intruder intruder, Stage stage, Attacks attacks) {

  void on(Relation relation, TenantContext context) throws SQLException {
    insert(relation, context);
    move(relation, context);
  }

  /** Rows that name another tenant, or refer to what another tenant has. */
  private void insert(Relation relation, TenantContext context) throws SQLException {
    Map<String, String> base = insertable(relation, stage.planting().row(relation, stage.own()));
    Map<String, String> fresh =
        insertable(relation, stage.planting().row(relation, new World(World.INVENTED)));
    if (base.isEmpty()) {
      return;
    }
    Map<String, String> mine = new LinkedHashMap<>(base);
    for (Unique key : relation.links().unique()) {
      key.columns().stream()
          .filter(column -> !isLink(relation, column))
          .forEach(column -> {
            String value = fresh.get(column);
            if (value != null) {
              mine.put(column, value);
            }
          });
    }
    Map<String, String> theirs = new LinkedHashMap<>(mine);
    Set<String> links = links(relation);
    links.forEach(column ->
        theirs.computeIfPresent(column, (any, value) -> theirs(relation, column).orElse(value)));
    if (!theirs.equals(mine)) {
      created(
          relation,
          context,
          Planting.insert(relation, theirs).replace("overriding system value ", ""),
          first(links, theirs, mine));
    }
    for (String link : links) {
      Map<String, String> mixed = mixed(relation, mine, link);
      if (!mixed.equals(mine) && !mixed.equals(theirs)) {
        referred(relation, link, context, mixed);
      }
    }
    if (!stage.rules().shared().contains(relation.name())) {
      probe(relation, context, mine);
    }
    upsert(relation, context, mine);
  }

  private Map<String, String> mixed(Relation relation, Map<String, String> mine, String link) {
    Map<String, String> mixed = new LinkedHashMap<>(mine);
    mixed.computeIfPresent(link, (any, value) -> theirs(relation, link).orElse(value));
    return mixed;
  }

  /** The first tie to the victim that the row has and the intruder's own has not. */
  private static String first(
      Set<String> links, Map<String, String> theirs, Map<String, String> mine) {
    return links.stream()
        .filter(link -> theirs.containsKey(link) && !theirs.get(link).equals(mine.get(link)))
        .findFirst()
        .orElseThrow();
  }

  private void created(Relation relation, TenantContext context, String sql, String link)
      throws SQLException {
    if (grows(relation, context, sql, link)) {
      attacks.report(
          "insert",
          relation.name(),
          "a row can be made in another tenant's name",
          "Compare the tenant column with the tenant in WITH CHECK.");
    }
  }

  private void referred(
      Relation relation, String link, TenantContext context, Map<String, String> row)
      throws SQLException {
    String sql = Planting.insert(relation, row).replace("overriding system value ", "");
    if (grows(relation, context, sql, link)) {
      crossing(relation, link);
    }
  }

  /**
   * Whether there are more rows than before that name what is the victim's: triggers may see to it.
   */
  private boolean grows(Relation relation, TenantContext context, String sql, String link)
      throws SQLException {
    String question =
        "select count(*) from %s where %s = %s"
            .formatted(relation.sql(), Rows.name(link), theirs(relation, link).orElse("null"));
    Outcome outcome = intruder.send(Optional.of(context), question, sql);
    return outcome.done() && !outcome.after().equals(attacks.untouched(question));
  }

  private void crossing(Relation relation, String link) {
    attacks.report(
        "reference",
        relation.name() + "." + link,
        "a row can refer to what another tenant has",
        "Let the policy's WITH CHECK look the target up, or make the foreign key name the tenant too.");
  }

  private void probe(Relation relation, TenantContext context, Map<String, String> mine)
      throws SQLException {
    for (Unique key : relation.links().unique()) {
      Map<String, String> taken = new LinkedHashMap<>(mine);
      boolean whole = true;
      for (String column : key.columns()) {
        whole &= taken.containsKey(column) && !isLink(relation, column);
        taken.computeIfPresent(
            column, (any, value) -> stage.victim().value(relation.name(), column));
      }
      boolean guessable =
          key.columns().stream()
              .flatMap(column -> relation.column(column).stream())
              .noneMatch(column -> column.origin().random());
      if (whole && guessable) {
        collides(
            key,
            intruder.send(
                Optional.of(context),
                Planting.insert(relation, taken).replace("overriding system value ", "")));
      }
    }
  }

  private void collides(Unique key, Outcome outcome) {
    if (outcome.failure().map(SQLException::getSQLState).filter("23505"::equals).isPresent()) {
      attacks.report(
          "unique-probe",
          key.name(),
          "a refused duplicate tells that another tenant has this value",
          "Make the key begin with the tenant's column; or accept it where the value must be unique for"
              + " everybody, with the reason.");
    }
  }

  private void upsert(Relation relation, TenantContext context, Map<String, String> mine)
      throws SQLException {
    Optional<Column> target = Attacks.harmless(relation);
    Map<String, String> clash = new LinkedHashMap<>(mine);
    for (String column : relation.links().primary()) {
      if (!clash.containsKey(column)) {
        return;
      }
      clash.put(column, stage.victim().value(relation.name(), column));
    }
    if (target.isPresent() && !relation.links().primary().isEmpty()) {
      String sql =
          Planting.insert(relation, clash).replace("overriding system value ", "")
              + " on conflict (%s) do update set %s = %s"
                  .formatted(
                      relation.links().primary().stream()
                          .map(Rows::name)
                          .collect(Collectors.joining(", ")),
                      target.get().sql(),
                      Attacks.some(target.get()));
      attacks.changes(relation, context, "ON CONFLICT DO UPDATE", sql);
    }
  }

  /** Own rows that are handed to another tenant, or made to refer to another tenant's. */
  private void move(Relation relation, TenantContext context) throws SQLException {
    Optional<String> own = Attacks.key(relation, stage.own());
    if (own.isEmpty()) {
      return;
    }
    for (String link : links(relation)) {
      Optional<Column> column = relation.column(link).filter(Column::updatable);
      Optional<String> theirs = theirs(relation, link);
      if (column.isEmpty() || theirs.isEmpty()) {
        continue;
      }
      String sql =
          "update %s set %s = %s where %s"
              .formatted(relation.sql(), column.get().sql(), theirs.get(), own.get());
      if (grows(relation, context, sql, link)) {
        if (stage.tenancy().names(relation, link)) {
          attacks.report(
              "move",
              relation.name() + "." + link,
              "a row can be handed to another tenant",
              "Compare the tenant column with the tenant in WITH CHECK.");
        } else {
          crossing(relation, link);
        }
      }
    }
  }

  private Map<String, String> insertable(Relation relation, Map<String, String> row) {
    Map<String, String> allowed = new LinkedHashMap<>();
    row.forEach((name, value) -> {
      if (relation.column(name).filter(Column::insertable).isPresent()) {
        allowed.put(name, value);
      }
    });
    return allowed;
  }

  private boolean isLink(Relation relation, String column) {
    return links(relation).contains(column);
  }

  /** Columns that tie a row to a tenant: those that policies compare, and foreign keys. */
  private Set<String> links(Relation relation) {
    Set<String> links = new java.util.TreeSet<>();
    relation.columns().stream()
        .map(Column::name)
        .filter(name -> stage.tenancy().names(relation, name) && !relation.isPrimary(name))
        .forEach(links::add);
    for (Foreign key : relation.links().foreign()) {
      if (!stage.rules().shared().contains(key.target())) {
        links.addAll(key.columns());
      }
    }
    return links;
  }

  /** What ties the victim's rows to the victim, for a column; nothing where there is none. */
  private Optional<String> theirs(Relation relation, String link) {
    String value = stage.victim().value(relation.name(), link);
    for (Foreign key : relation.links().foreign()) {
      int at = key.columns().indexOf(link);
      if (at >= 0) {
        value = stage.victim().value(key.target(), key.targets().get(at));
      }
    }
    return value.equals("null") ? Optional.empty() : Optional.of(value);
  }
}
