package dev.undercroft.testkit;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes the databases that tests ask for, and checks and drops them afterwards. */
final class DatabaseExtension
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

  private static final Namespace SPACE = Namespace.create(DatabaseExtension.class);
  private static final String PRESENT = "present";
  private static final String LEASES = "leases";

  /** A database lent to a test or to a class. */
  private interface Lease {
    /** Drops it, and says what was left open. */
    List<String> end() throws Exception;
  }

  private static final class Leases extends ArrayList<Lease> {
    private static final long serialVersionUID = 1L;
  }

  static boolean isMissing(ExtensionContext context) {
    return context.getStore(SPACE).get(PRESENT) == null;
  }

  static boolean isOfEachServer(ParameterContext parameter) {
    return parameter.getParameter().getType() == PostgresDatabase.class
        && !parameter.isAnnotated(On.class)
        && parameter.getDeclaringExecutable().isAnnotationPresent(EachServer.class);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(SPACE).put(PRESENT, true);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == SqliteDatabase.class
        || (type == PostgresDatabase.class && !isOfEachServer(parameter));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == SqliteDatabase.class) {
      return createSqlite(context);
    }
    return create(
        context, parameter.findAnnotation(On.class).map(On::value).orElse(PostgresVersion.V18));
  }

  static PostgresDatabase create(ExtensionContext context, PostgresVersion version) {
    PostgresServer server =
        context
            .getRoot()
            .getStore(SPACE)
            .computeIfAbsent(
                version,
                key -> PostgresServer.start(key, ServerOptions.NONE),
                PostgresServer.class);
    DatabaseLease lease = DatabaseLease.take(server);
    leases(context).add(lease::end);
    return lease.database();
  }

  private static SqliteDatabase createSqlite(ExtensionContext context) {
    try {
      SqliteDatabase database = SqliteDatabase.create();
      leases(context).add(database::closeAndListOpen);
      return database;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Leases leases(ExtensionContext context) {
    Store store = context.getStore(SPACE);
    Leases leases = store.get(key(context), Leases.class);
    if (leases == null) {
      leases = new Leases();
      store.put(key(context), leases);
    }
    return leases;
  }

  /** Stores look into their parents, so that each context needs a key of its own. */
  private static String key(ExtensionContext context) {
    return LEASES + context.getUniqueId();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    end(context);
  }

  private static void end(ExtensionContext context) throws Exception {
    List<String> open = new ArrayList<>();
    for (Lease lease : leases(context).reversed()) {
      open.addAll(lease.end());
    }
    leases(context).clear();
    if (!open.isEmpty()) {
      throw new AssertionError("left open after the test:\n  " + String.join("\n  ", open));
    }
  }
}
