package dev.undercroft.pgddl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Who else holds tables of this database. Stateless. */
final class Holders {

  private static final String QUERY =
      """
      select format('process %s (%s, user %s), %s for %s: %s', a.pid,
          coalesce(nullif(a.application_name, ''), 'no name'), a.usename, a.state,
          justify_interval(date_trunc('second', clock_timestamp() - a.xact_start)),
          string_agg(distinct l.relation::regclass::text, ', '))
      from pg_catalog.pg_locks l
        join pg_catalog.pg_stat_activity a on a.pid = l.pid
        join pg_catalog.pg_class c on c.oid = l.relation and c.relkind in ('r', 'p', 'm', 'f')
      where l.granted and l.locktype = 'relation' and a.pid <> pg_catalog.pg_backend_pid()
        and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
        and c.relnamespace <> 'pg_catalog'::regnamespace
      group by a.pid, a.application_name, a.usename, a.state, a.xact_start
      order by a.xact_start limit 5
      """;

  private Holders() {}

  /** A line for each of the oldest, each after a line break; empty text if nobody is to be seen. */
  static String of(Connection connection) {
    StringBuilder lines = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        lines.append('\n').append(rows.getString(1));
      }
    } catch (SQLException e) {
      System.getLogger("undercroft.pgddl")
          .log(System.Logger.Level.DEBUG, "who holds locks is not to be seen", e);
    }
    return lines.toString();
  }
}
