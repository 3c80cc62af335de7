package dev.undercroft.pgaudit;

import dev.undercroft.base.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the platform's schema in which the seals of audit logs stand. Stateless. */
public final class SealTables {

  /** Seals and leaves, which nobody changes once they are there. */
  private static final String[] TABLES = {
    """
    create table if not exists undercroft.audit_seal (
      log text not null,
      number bigint not null,
      first bigint not null,
      entries integer not null,
      root text not null,
      previous text not null,
      sealed_at timestamptz not null,
      key text not null,
      signature text not null,
      primary key (log, number))
    """,
    """
    create table if not exists undercroft.audit_leaf (
      log text not null,
      place bigint not null,
      entry text not null,
      hash text not null,
      primary key (log, place),
      unique (log, entry))
    """,
    """
    create table if not exists undercroft.audit_archive (
      log text not null,
      through bigint not null,
      sha256 text not null,
      archived_at timestamptz not null,
      signature text not null,
      primary key (log, through))
    """,
    """
    create or replace function undercroft.audit_refuse() returns trigger
      language plpgsql set search_path = pg_catalog as
      $$ begin raise exception '% is refused: seals stay as they are', tg_op using errcode = 'insufficient_privilege'; end $$
    """,
    "create or replace trigger audit_refuse before update or delete or truncate on undercroft.audit_seal"
        + " for each statement execute function undercroft.audit_refuse()",
    "alter table undercroft.audit_seal enable always trigger audit_refuse",
    "create or replace trigger audit_refuse before update or delete or truncate on undercroft.audit_leaf"
        + " for each statement execute function undercroft.audit_refuse()",
    "alter table undercroft.audit_leaf enable always trigger audit_refuse",
    "create or replace trigger audit_refuse before update or delete or truncate on undercroft.audit_archive"
        + " for each statement execute function undercroft.audit_refuse()",
    "alter table undercroft.audit_archive enable always trigger audit_refuse"
  };

  private SealTables() {}

  /**
   * Makes the tables for seals, if they are not there, and closes them to everybody but their
   * owner.
   *
   * @param owner owns them; nobody logs in as it
   */
  public static void prepare(Connection connection, Identifier owner) {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        if (isMissing(statement)) {
          for (String sql : TABLES) {
            statement.execute(sql);
          }
          for (String table : List.of("audit_seal", "audit_leaf", "audit_archive")) {
            statement.execute("revoke all on undercroft." + table + " from public");
            statement.execute("alter table undercroft." + table + " owner to " + owner.quoted());
          }
          close(connection);
        }
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw PostgresLog.failed("undercroft.audit_seal", failure);
    }
  }

  private static boolean isMissing(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select to_regclass('undercroft.audit_leaf') is null")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Default privileges may have opened them. */
  private static void close(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          do $$
          declare
            one record;
          begin
            for one in select distinct c.oid::regclass as tab, g.grantee::regrole as role
                         from pg_class c cross join aclexplode(c.relacl) g
                        where c.oid in ('undercroft.audit_seal'::regclass, 'undercroft.audit_leaf'::regclass, 'undercroft.audit_archive'::regclass)
                          and g.grantee <> c.relowner and g.grantee <> 0
            loop
              execute format('revoke all on %s from %s', one.tab, one.role);
            end loop;
          end
          $$
          """);
    }
  }
}
