package dev.undercroft.lint;

import static dev.undercroft.lint.Severity.ERROR;
import static dev.undercroft.lint.Severity.NOTE;
import static dev.undercroft.lint.Severity.WARNING;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is looked for; each has a section in {@code docs/lint.md} with reason and example. */
public enum Rule {
  /** Not SQL, or cut off. */
  SYNTAX(ERROR, "Correct the text; the server would refuse it or run half of it."),
  /** An allowance that says no reason, names no rule, or allows nothing. */
  ALLOWANCE(ERROR, "Write -- undercroft:allow CODE reason above the statement, or delete it."),

  /** A schema goes with all that is in it. */
  DROP_SCHEMA(ERROR, "Drop what is in it by name in migrations of their own, the schema last."),
  /** A table goes with its rows. */
  DROP_TABLE(ERROR, "First release programs that no longer use it; keep a dump of its rows."),
  /** A column goes with its values. */
  DROP_COLUMN(ERROR, "First release programs that no longer name it; then drop it."),
  /** A whole database. */
  DROP_DATABASE(ERROR, "Databases are made and dropped outside of migrations."),
  /** All rows of a table go. */
  TRUNCATE(ERROR, "Delete the rows that must go, in batches, outside of the migration."),
  /** CASCADE takes what nobody named. */
  DROP_CASCADE(WARNING, "Drop the dependents by name, so that a reader sees what goes."),
  /** UPDATE or DELETE of every row. */
  ROWS_WITHOUT_WHERE(WARNING, "Say which rows with WHERE, and go in batches."),
  /** A constraint goes that kept the data right. */
  DROP_CONSTRAINT(WARNING, "Say what keeps the data right from now on."),
  /** Programs meet nulls they never saw. */
  DROP_NOT_NULL(WARNING, "First release programs that can read a null there."),

  /** Programs use the old name of the column. */
  RENAME_COLUMN(ERROR, "Add the new column, write both, move readers, then drop the old one."),
  /** Programs use the old name of the table. */
  RENAME_TABLE(ERROR, "Rename it and leave a view of the old name in the same transaction."),
  /** Programs use the old name of the schema. */
  RENAME_SCHEMA(ERROR, "Make a new schema and move programs before things."),
  /** Programs use the old label or type name. */
  RENAME_TYPE(WARNING, "Add the new label or type beside the old and move programs first."),

  /** NOT NULL without a default on a table with rows. */
  ADD_COLUMN_NOT_NULL(ERROR, "Give it a DEFAULT, or add it nullable, fill it, then SET NOT NULL."),
  /** A default that differs for each row. */
  ADD_COLUMN_VOLATILE_DEFAULT(
      WARNING, "Add the column without a default, set the default after, fill rows in batches."),
  /** A column that draws numbers. */
  ADD_COLUMN_SERIAL(
      WARNING, "Add a plain column, attach the sequence after, fill rows in batches."),
  /** A column that is computed and stored. */
  ADD_COLUMN_STORED(WARNING, "Use a view, a trigger, or on PostgreSQL 18 a VIRTUAL column."),
  /** The type changes and the rows are written anew. */
  CHANGE_TYPE(WARNING, "Add a column of the new type, keep both in step, fill it, switch, drop."),
  /** Every row is read while nobody may use the table. */
  SET_NOT_NULL(
      WARNING,
      "First ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID, then VALIDATE it in a later"
          + " migration; then SET NOT NULL reads nothing."),

  /** A foreign key that reads both tables. */
  ADD_FOREIGN_KEY(WARNING, "Add it NOT VALID; VALIDATE CONSTRAINT in a migration of its own."),
  /** A check that reads the table. */
  ADD_CHECK(WARNING, "Add it NOT VALID; VALIDATE CONSTRAINT in a migration of its own."),
  /** A unique constraint that builds its index while nobody may write. */
  ADD_UNIQUE(
      WARNING, "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … UNIQUE USING INDEX."),
  /** A primary key that builds its index while nobody may use the table. */
  ADD_PRIMARY_KEY(
      WARNING,
      "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … PRIMARY KEY USING INDEX."),
  /** An exclusion constraint can only be added under a lock. */
  ADD_EXCLUSION(
      WARNING, "Do it in a quiet hour, or in a new table that takes the old one's place."),
  /** NOT VALID and VALIDATE in one transaction keep the strong lock. */
  VALIDATE_AT_ONCE(WARNING, "Put VALIDATE CONSTRAINT into a later migration."),
  /** A domain's rule reads every table that uses it. */
  DOMAIN_CONSTRAINT(WARNING, "Add it NOT VALID and validate later, or use a CHECK of the table."),

  /** An index is built while nobody may write. */
  INDEX_NOT_CONCURRENT(WARNING, "CREATE INDEX CONCURRENTLY name ON …, in a migration of its own."),
  /** Dropping an index waits for, and stops, everybody. */
  DROP_INDEX_NOT_CONCURRENT(WARNING, "DROP INDEX CONCURRENTLY, in a migration of its own."),
  /** An index is rebuilt while nobody may write. */
  REINDEX_NOT_CONCURRENT(WARNING, "REINDEX … CONCURRENTLY, in a migration of its own."),
  /** A materialized view is filled while nobody may read it. */
  REFRESH_NOT_CONCURRENT(
      WARNING, "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index."),
  /** A partition is taken off while nobody may use the table. */
  DETACH_NOT_CONCURRENT(WARNING, "DETACH PARTITION … CONCURRENTLY, in a migration of its own."),
  /** What cannot be rolled back stands with other statements. */
  CONCURRENT_AMONG_OTHERS(WARNING, "Put it into a migration of its own."),
  /** An index of many columns. */
  WIDE_INDEX(NOTE, "Keep the columns that narrow most, or INCLUDE the rest."),

  /** The file begins or ends transactions itself. */
  TRANSACTION_CONTROL(ERROR, "Delete it: a migration is one transaction of the deployer."),
  /** Limits that protect others are switched off. */
  TIMEOUT_OFF(WARNING, "Keep a limit: -- undercroft:lock-timeout 5s."),
  /** A lock is taken by hand. */
  LOCK_TABLE(WARNING, "Leave it to the statements, and keep the transaction short."),
  /** The table is written anew while nobody may use it. */
  TABLE_REWRITE(WARNING, "Do it in a quiet hour, or with a tool that copies beside."),
  /** Rows and schema change in one transaction. */
  BACKFILL_WITH_CHANGE(WARNING, "Change the rows in a migration of its own, behind this one."),
  /** A new enum label cannot be used in the transaction that adds it. */
  LABEL_USED_AT_ONCE(ERROR, "Add the label in a migration of its own, and use it in the next."),

  /** A table whose rows have no name. */
  NO_KEY(WARNING, "Give it a PRIMARY KEY."),
  /** A key of 4 bytes is full after 2 billion rows. */
  SMALL_KEY(WARNING, "Use bigint or uuid."),
  /** A serial column. */
  SERIAL_TYPE(NOTE, "Use bigint GENERATED ALWAYS AS IDENTITY."),
  /** A char column pads with blanks. */
  CHAR_TYPE(NOTE, "Use text, with a CHECK for the length."),
  /** A limit in the type needs a strong lock to change. */
  VARCHAR_LIMIT(NOTE, "Use text, with a CHECK for the length."),
  /** A moment without its zone. */
  TIMESTAMP_WITHOUT_ZONE(NOTE, "Use timestamptz."),
  /** Text that is not even compared. */
  JSON_TYPE(NOTE, "Use jsonb."),
  /** Money depends on a setting of the server. */
  MONEY_TYPE(NOTE, "Use numeric, or a whole number of cents."),
  /** The server cuts the name. */
  LONG_NAME(WARNING, "Choose a name of at most 63 bytes."),

  /** Row policies stop to apply. */
  ROW_SECURITY_OFF(WARNING, "Change the policies; keep them enabled and forced."),
  /** A policy goes. */
  DROP_POLICY(WARNING, "Make the new policy in the same migration, and say what changes."),
  /** Everybody may. */
  GRANT_TO_PUBLIC(WARNING, "Grant to the roles that need it, in grants.sql."),
  /** Roles are made elsewhere. */
  NAMES_ROLE(NOTE, "Roles are made by the platform, grants stand in grants.sql."),
  /** A password stands in the file. */
  PASSWORD_IN_TEXT(ERROR, "Delete it, change that password, and set it by a secret."),
  /** A function that runs as its owner looks names up where the caller says. */
  DEFINER_SEARCH_PATH(WARNING, "Add SET search_path = '' and write names with their schema."),

  /** A table without a primary key, in a database. */
  TABLE_WITHOUT_KEY(WARNING, "ALTER TABLE … ADD PRIMARY KEY (…)."),
  /** A foreign key without an index under it. */
  UNINDEXED_FOREIGN_KEY(
      WARNING, "CREATE INDEX on its columns: deleting a row over there reads this whole table."),
  /** Types that do not match cannot use the index. */
  FOREIGN_KEY_TYPE(WARNING, "Give both columns the same type."),
  /** Two indexes that are alike. */
  DUPLICATE_INDEX(WARNING, "Drop one of them."),
  /** An index that another one begins with. */
  REDUNDANT_INDEX(NOTE, "Drop it, if the longer one is not much larger."),
  /** A concurrent build that failed. */
  INVALID_INDEX(WARNING, "REINDEX INDEX CONCURRENTLY, or drop it and build it anew."),
  /** A constraint that old rows may break. */
  UNCHECKED_CONSTRAINT(NOTE, "ALTER TABLE … VALIDATE CONSTRAINT."),
  /** A type that an upgrade of the server refuses. */
  REG_TYPE(WARNING, "Store the name as text, or the number as oid."),
  /** Policies that nobody applies. */
  POLICY_WITHOUT_ROW_SECURITY(ERROR, "ALTER TABLE … ENABLE ROW LEVEL SECURITY, and FORCE it."),
  /** Nobody can see a row. */
  ROW_SECURITY_WITHOUT_POLICY(NOTE, "CREATE POLICY for those who may, or say that nobody may."),
  /** One table of many is open. */
  ROW_SECURITY_MISSING(WARNING, "ENABLE and FORCE ROW LEVEL SECURITY, with a policy."),
  /** A condition that is computed for each row. */
  POLICY_PER_ROW(WARNING, "Wrap the call: (select current_setting(…)) is computed once."),
  /** Several policies are all computed for each row. */
  POLICIES_OVERLAP(NOTE, "Make one policy of them with OR."),
  /** A policy that lets everybody write. */
  POLICY_ALWAYS_TRUE(WARNING, "Say who may, or leave it to privileges."),
  /** A policy that trusts what a user can set. */
  POLICY_TRUSTS_USER(ERROR, "Use what only the server sets."),
  /** A view that sees what its reader may not. */
  VIEW_RUNS_AS_OWNER(WARNING, "ALTER VIEW … SET (security_invoker = true)."),
  /** Stored rows that no policy guards. */
  UNGUARDED_COPY(WARNING, "REVOKE it from those whom policies bind."),
  /** Rows elsewhere that no policy guards. */
  UNGUARDED_FOREIGN_TABLE(WARNING, "REVOKE it from those whom policies bind."),
  /** A function whose names mean what its caller says. */
  FUNCTION_SEARCH_PATH(NOTE, "ALTER FUNCTION … SET search_path = ''."),
  /** An extension among the project's own things. */
  EXTENSION_IN_PUBLIC(NOTE, "ALTER EXTENSION … SET SCHEMA to one of its own."),
  /** A column that should not be read by all. */
  SENSITIVE_COLUMN(NOTE, "Encrypt it, or guard its table by row policies.");

  private final Severity severity;
  private final String remedy;

  Rule(Severity severity, String remedy) {
    this.severity = severity;
    this.remedy = remedy;
  }

  /** How it is called in files and documents: {@code drop-table}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How grave it is. */
  public Severity severity() {
    return severity;
  }

  /** What to do instead, a sentence. */
  public String remedy() {
    return remedy;
  }

  /** Whether it is about statements in files, and not about objects of a database. */
  public boolean isOfFiles() {
    return compareTo(TABLE_WITHOUT_KEY) < 0;
  }

  /** The rule of that code. */
  public static Optional<Rule> of(String code) {
    return Arrays.stream(values()).filter(rule -> rule.code().equals(code)).findFirst();
  }
}
