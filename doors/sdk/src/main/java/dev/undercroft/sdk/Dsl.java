package dev.undercroft.sdk;

import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.access.PostgresAddress;
import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;

/** Makes jOOQ's context for a connection that is in a transaction already. */
record Dsl(SQLDialect dialect, Settings settings) {

  /** In jOOQ's logs stand statements with their values; here they stand nowhere. */
  static Dsl of(DatabaseAddress address) {
    SQLDialect dialect =
        address instanceof PostgresAddress ? SQLDialect.POSTGRES : SQLDialect.SQLITE;
    return new Dsl(dialect, new Settings().withExecuteLogging(false).withDiagnosticsLogging(false));
  }

  DSLContext on(Connection connection) {
    DefaultConnectionProvider provider = new DefaultConnectionProvider(connection);
    return DSL.using(
        new DefaultConfiguration()
            .set(provider)
            .set(new Savepoints(connection))
            .set(dialect)
            .set(settings));
  }
}
