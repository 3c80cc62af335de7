package dev.undercroft.postgres;

import java.util.List;

/**
 * Lifts FORCE from row policies for one transaction: a role that owns the tables and shall fill
 * them is otherwise bound by policies and, having no tenant, changes nothing and says nothing.
 */
final class MigrationPolicies {

  /** Lifts FORCE from every table of this role, and remembers which. */
  static final String LIFT =
      """
      do $$
      declare each record; lifted text := '';
      begin
        for each in select oid, oid::regclass as name from pg_class
            where relforcerowsecurity and pg_has_role(relowner, 'usage') loop
          execute format('alter table %s no force row level security', each.name);
          lifted := lifted || each.oid || ' ';
        end loop;
        perform set_config('undercroft.lifted', lifted, true);
      end $$\
      """;

  /** Ends what is still to be checked, which would be in the way, and sets FORCE again. */
  static final List<String> RESTORE =
      List.of(
          "set constraints all immediate",
          """
          do $$
          declare each record;
          begin
            for each in select oid, oid::regclass as name from pg_class
                where oid::text = any (string_to_array(current_setting('undercroft.lifted'), ' ')) loop
              execute format('alter table %s force row level security', each.name);
            end loop;
          end $$\
          """);

  private MigrationPolicies() {}
}
