package dev.undercroft.pgisolation;

import dev.undercroft.pgisolation.Relation.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The leaks that the verifier plants to prove that it would see them. Pure.
 *
 * @param app the application's role
 * @param database the copy's name
 * @param shared tables that every tenant may read
 * @param worlds the rows that were planted
 */
record Leaks(String app, String database, Set<String> shared, Attacks.Worlds worlds) {

  /**
   * One leak.
   *
   * @param name in words, with the object
   * @param sql plants it
   * @param at the relation to attack; empty text for none
   */
  record Leak(String name, List<String> sql, String at) {}

  private static final String TENANT = "(select undercroft.tenant())";

  /** All leaks that make sense in a database. */
  List<Leak> of(Facts facts, Tenancy tenancy) {
    List<Leak> leaks = new ArrayList<>();
    for (Relation relation : facts.relations().values()) {
      if (relation.isTable() && !relation.isPartition()) {
        ofPolicies(relation, leaks);
        if (!shared.contains(relation.name()) && !relation.policies().isEmpty()) {
          ofTable(relation, leaks);
          ofColumns(relation, tenancy, leaks);
        }
      } else if (relation.kind() == 'v') {
        add(leaks, relation, "view as its owner", "alter view T reset (security_invoker)");
      }
    }
    ofDatabase(leaks);
    return leaks;
  }

  private void ofPolicies(Relation relation, List<Leak> leaks) {
    if (!relation.policies().isEmpty()) {
      add(leaks, relation, "row security off", "alter table T disable row level security");
      add(leaks, relation, "owner not bound", "alter table T no force row level security");
    }
    for (Relation.Policy policy : relation.policies()) {
      leaks.add(
          new Leak(
              "policy dropped: " + relation.name() + " " + policy.name(),
              List.of("drop policy " + Rows.name(policy.name()) + " on " + relation.sql()),
              relation.name()));
    }
  }

  private void ofTable(Relation relation, List<Leak> leaks) {
    add(leaks, relation, "permissive policy true", "create policy leak on T using (true)");
    add(
        leaks,
        relation,
        "policy true for reading",
        "grant select on T to APP",
        "create policy leak on T for select using (true)");
    add(
        leaks,
        relation,
        "no context lets in",
        "create policy leak on T for select using (" + TENANT + " is null)");
    add(
        leaks,
        relation,
        "insert unchecked",
        "create policy leak on T for insert with check (true)");
    add(leaks, relation, "TRUNCATE granted", "grant truncate on T to APP");
    add(leaks, relation, "REFERENCES granted", "grant references on T to APP");
    add(leaks, relation, "granted to everybody", "grant select on T to public");
    add(leaks, relation, "owned by the application", "alter table T owner to APP");
    besideTable(relation, leaks);
  }

  /** Ways past the policies of a table. */
  private void besideTable(Relation relation, List<Leak> leaks) {
    leaks.add(
        made(relation, "view as its owner", "view", "create view public.leak as select * from T"));
    leaks.add(
        made(
            relation,
            "materialized view",
            "view",
            "create materialized view public.leak as select * from T"));
    leaks.add(
        new Leak(
            "function as its owner: " + relation.name(),
            sql(
                relation,
                "create function public.leak() returns setof T language sql security definer"
                    + " set search_path = pg_catalog as 'select * from T'"),
            ""));
    leaks.add(
        new Leak(
            "rewrite rule: " + relation.name(),
            sql(relation, "create rule leak as on insert to T do also notify leak"),
            ""));
  }

  private Leak made(Relation relation, String name, String kind, String sql) {
    return new Leak(
        name + ": " + relation.name(),
        sql(relation, sql, "grant select on public.leak to APP"),
        kind.isEmpty() ? "" : "public.leak");
  }

  private void ofColumns(Relation relation, Tenancy tenancy, List<Leak> leaks) {
    Optional<String> tenant =
        relation.columns().stream()
            .map(Column::name)
            .filter(name -> tenancy.names(relation, name))
            .findFirst();
    if (tenant.isEmpty()) {
      return;
    }
    String column = Rows.name(tenant.get());
    add(
        leaks,
        relation,
        "update not checked",
        "create policy leak on T for update using ("
            + column
            + "::text = "
            + TENANT
            + ") with check (true)");
    add(
        leaks,
        relation,
        "policy compares a column with itself",
        "create policy leak on T for select using (" + column + " = " + column + ")");
    if (relation.kind() == 'r') {
      unique(relation, tenancy, leaks);
    }
  }

  private void unique(Relation relation, Tenancy tenancy, List<Leak> leaks) {
    relation.columns().stream()
        .filter(one -> one.type().category() == 'S' && one.insertable())
        .filter(one -> !relation.isPrimary(one.name()) && !tenancy.names(relation, one.name()))
        .filter(one -> isUnique(relation, one))
        .filter(one ->
            relation.links().foreign().stream()
                .noneMatch(key -> key.columns().contains(one.name())))
        .findFirst()
        .ifPresent(one ->
            add(
                leaks,
                relation,
                "unique across tenants",
                "create policy leak on T for insert with check (true)",
                "create unique index leak on T (" + one.sql() + ")"));
  }

  /** Whether both sides have a value of their own: else no unique index could be made. */
  private boolean isUnique(Relation relation, Column column) {
    String victims = worlds.victim().value(relation.name(), column.name());
    return !victims.equals("null")
        && !victims.equals(worlds.own().value(relation.name(), column.name()));
  }

  private void ofDatabase(List<Leak> leaks) {
    String role = Rows.name(app);
    whole(leaks, "application bypasses row policies", "alter role " + role + " bypassrls");
    whole(leaks, "application makes roles", "alter role " + role + " createrole");
    whole(leaks, "application reads everything", "grant pg_read_all_data to " + role);
    whole(leaks, "keys of contexts readable", "grant select on undercroft.context_key to " + role);
    whole(leaks, "keys of contexts gone", "delete from undercroft.context_key");
    whole(
        leaks,
        "context by setting alone",
        "create or replace function undercroft.context() returns text[] language sql stable as"
            + " 'select array[current_setting(''undercroft.tenant'', true), current_setting(''undercroft.role'', true)]'");
    whole(
        leaks,
        "later tables open to everybody",
        "alter default privileges grant select on tables to public");
    ofObjects(leaks, role);
  }

  private void ofObjects(List<Leak> leaks, String role) {
    whole(leaks, "schema open for objects", "grant create on schema public to " + role);
    whole(
        leaks,
        "temporary tables",
        "grant temporary on database " + Rows.name(database) + " to " + role);
    whole(
        leaks,
        "leakproof function",
        "create function public.leak(text) returns boolean language sql immutable leakproof as 'select true'");
    whole(
        leaks,
        "immutable context",
        "create function public.leak() returns text language sql immutable as 'select undercroft.tenant()'");
    whole(
        leaks,
        "search path of a definer function",
        "create function public.leak() returns integer language sql security definer as 'select 1'");
    whole(
        leaks,
        "sequence can be set back",
        "create sequence public.leak",
        "grant update on sequence public.leak to " + role);
    whole(leaks, "large object", "select lo_create(0)");
    whole(leaks, "publication", "create publication leak for all tables");
    whole(
        leaks,
        "tenant set for each session",
        "alter role "
            + role
            + " in database "
            + Rows.name(database)
            + " set undercroft.tenant = '1'");
    whole(
        leaks,
        "table without policies",
        "create table public.leak (id integer)",
        "grant select on public.leak to " + role);
  }

  private static void whole(List<Leak> leaks, String name, String... sql) {
    leaks.add(new Leak(name, List.of(sql), ""));
  }

  private void add(List<Leak> leaks, Relation relation, String name, String... sql) {
    leaks.add(new Leak(name + ": " + relation.name(), sql(relation, sql), relation.name()));
  }

  private List<String> sql(Relation relation, String... statements) {
    List<String> sql = new ArrayList<>();
    for (String statement : statements) {
      sql.add(
          statement
              .replaceAll("\\bT\\b", java.util.regex.Matcher.quoteReplacement(relation.sql()))
              .replaceAll("\\bAPP\\b", java.util.regex.Matcher.quoteReplacement(Rows.name(app))));
    }
    return sql;
  }
}
