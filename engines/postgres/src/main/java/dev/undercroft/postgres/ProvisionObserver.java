package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import dev.undercroft.postgres.ProvisionState.Admin;
import dev.undercroft.postgres.ProvisionState.Database;
import dev.undercroft.postgres.ProvisionState.Inside;
import dev.undercroft.postgres.ProvisionState.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at what a cluster has of a project. Changes nothing. */
record ProvisionObserver(ProvisionTarget target) {

  private static final String ADMIN =
      """
      SELECT rolname, current_setting('server_version_num'),
             concat_ws(',', CASE WHEN rolsuper THEN 'super' END,
               CASE WHEN rolcreaterole THEN 'createrole' END,
               CASE WHEN rolcreatedb THEN 'createdb' END,
               CASE WHEN rolbypassrls THEN 'bypassrls' END)
        FROM pg_roles WHERE rolname = current_user
      """;

  private static final String ROLES =
      """
      SELECT rolname,
             concat_ws(' ', CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
               CASE WHEN rolcreatedb THEN 'CREATEDB' END,
               CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
               CASE WHEN rolcanlogin THEN 'LOGIN' END,
               CASE WHEN rolreplication THEN 'REPLICATION' END,
               CASE WHEN rolsuper THEN 'SUPERUSER' END),
             coalesce(shobj_description(oid, 'pg_authid'), '')
        FROM pg_roles WHERE rolname = ANY (?)
      """;

  private static final String MEMBERSHIPS =
      """
      SELECT pg_get_userbyid(member) || '>' || pg_get_userbyid(roleid) FROM pg_auth_members
       WHERE (pg_get_userbyid(roleid) = ANY (?) OR roleid = 'pg_read_all_data'::regrole)
         AND (pg_get_userbyid(member) = ANY (?) OR pg_get_userbyid(member) = current_user)
      """;

  /** From 16 on a membership may give the right to administer a role and nothing else. */
  private static final String FULL_MEMBERSHIPS = MEMBERSHIPS + " AND inherit_option AND set_option";

  private static final String DATABASE =
      """
      SELECT pg_get_userbyid(datdba),
             ARRAY(SELECT CASE WHEN grantee = 0 THEN '' ELSE pg_get_userbyid(grantee)::text END
                          || ':' || privilege_type
                     FROM aclexplode(coalesce(datacl, acldefault('d', datdba))))
        FROM pg_database WHERE datname = ?
      """;

  private static final String INSIDE =
      """
      SELECT coalesce(obj_description(to_regnamespace('undercroft')::oid, 'pg_namespace'), ''),
             ARRAY(SELECT nspname || ':'
                          || CASE WHEN grantee = 0 THEN '' ELSE pg_get_userbyid(grantee)::text END
                          || ':' || privilege_type
                     FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
                    WHERE nspname IN ('public', 'undercroft')),
             ARRAY(SELECT pg_get_userbyid(defaclrole) || ':' || defaclobjtype::text || ':'
                          || CASE WHEN grantee = 0 THEN '' ELSE pg_get_userbyid(grantee)::text END
                          || ':' || privilege_type
                     FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclnamespace = 0),
             ARRAY(SELECT extname::text FROM pg_extension),
             ARRAY(SELECT name::text FROM pg_available_extensions),
             ARRAY(SELECT DISTINCT relname::text FROM pg_class, aclexplode(relacl)
                    WHERE relnamespace = to_regnamespace('undercroft')
                      AND relkind IN ('r', 'p', 'v', 'S')
                      AND pg_get_userbyid(grantee) = ANY (?)),
             ARRAY(SELECT format('%I.%I', nspname, relname)
                     FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                    WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname !~ '^pg_'
                      AND nspname NOT IN ('information_schema', 'undercroft')
                      AND pg_get_userbyid(relowner) <> ALL (?)
                      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
                                         AND objid = c.oid AND deptype = 'e')
                    ORDER BY 1 LIMIT 100),
             coalesce(obj_description(to_regclass('undercroft.context_key')::oid, 'pg_class'), '')
      """;

  private static final Pattern PLATFORM = Pattern.compile("Undercroft platform, version (\\d+)");
  private static final Pattern PASSWORD = Pattern.compile("password ([0-9a-f]{8})");
  private static final int FIRST_WITH_OPTIONS = 160000;

  /** Looks at roles and database, from any database of the cluster. */
  ProvisionState cluster(Connection connection) throws SQLException {
    Admin admin = admin(connection);
    String[] names = target.roles().all().stream().map(Identifier::text).toArray(String[]::new);
    Map<String, Role> roles = new HashMap<>();
    for (List<String> row : rows(connection, ROLES, (Object) names)) {
      roles.put(row.getFirst(), new Role(row.get(1), first(PASSWORD, row.get(2))));
    }
    String memberships =
        admin.serverVersion() >= FIRST_WITH_OPTIONS ? FULL_MEMBERSHIPS : MEMBERSHIPS;
    Set<String> members = new HashSet<>();
    rows(connection, memberships, names, names).forEach(row -> members.add(row.getFirst()));
    return new ProvisionState(admin, roles, members, database(connection), Optional.empty());
  }

  private static String[] names(List<Identifier> roles) {
    return roles.stream().map(Identifier::text).toArray(String[]::new);
  }

  private static Admin admin(Connection connection) throws SQLException {
    List<String> row = rows(connection, ADMIN).getFirst();
    return new Admin(
        row.getFirst(), Integer.parseInt(row.get(1)), Set.of(row.get(2).split(",", -1)));
  }

  private Optional<Database> database(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DATABASE)) {
      statement.setString(1, target.database());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Database(row.getString(1), strings(row, 2)))
            : Optional.empty();
      }
    }
  }

  /** Looks into the database; the connection leads there. */
  Inside inside(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSIDE)) {
      statement.setArray(1, connection.createArrayOf("text", names(target.roles().readers())));
      statement.setArray(2, connection.createArrayOf("text", names(target.roles().all())));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String version = first(PLATFORM, row.getString(1));
        return new Inside(
            version.isEmpty() ? 0 : Integer.parseInt(version),
            row.getString(8),
            strings(row, 2),
            strings(row, 3),
            strings(row, 4),
            strings(row, 5),
            List.copyOf(strings(row, 6)),
            List.copyOf(strings(row, 7)));
      }
    }
  }

  private static Set<String> strings(ResultSet row, int column) throws SQLException {
    return new TreeSet<>(Arrays.asList((String[]) row.getArray(column).getArray()));
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static List<List<String>> rows(Connection connection, String query, Object... arrays)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < arrays.length; i++) {
        statement.setArray(i + 1, connection.createArrayOf("text", (String[]) arrays[i]));
      }
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<String> values = new ArrayList<>();
          for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            values.add(row.getString(column));
          }
          rows.add(values);
        }
      }
      return rows;
    }
  }
}
