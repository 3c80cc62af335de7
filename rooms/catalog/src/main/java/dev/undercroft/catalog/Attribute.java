package dev.undercroft.catalog;

import java.util.stream.Collectors;

/**
 * What can be said about a {@link CatalogObject}. Values are text in the server's own canonical
 * form; a list has one entry per line. An attribute whose value is the default is absent.
 */
public enum Attribute {
  /** The statement or clause that makes it, as the server prints it. */
  DEFINITION,
  /** The statement or clause as its author wrote it, where {@link #DEFINITION} is its meaning. */
  WRITTEN(Comparison.NONE),
  /** The name as its author wrote it, where capitals mean nothing and the id has none. */
  SPELLING(Comparison.NONE),
  /** The type of a column, a sequence or under a domain, with modifiers. */
  TYPE,
  /** An expression: of a default, of a generated column. */
  EXPRESSION,
  /** {@code true}: nulls are refused. */
  NOT_NULL,
  /** The name of the not-null constraint, where it is not the one the server would choose. */
  NOT_NULL_NAME,
  /** {@code true}: the not-null constraint has not been checked on old rows. */
  NOT_NULL_UNCHECKED,
  /** {@code true}: children do not receive the not-null constraint. */
  NOT_NULL_NO_INHERIT,
  /** The name of a not-null constraint that came from a parent table. */
  NOT_NULL_INHERITED_NAME(Comparison.NONE),
  /** {@code true}: the column's table itself declares it not null, whatever its parents do. */
  NOT_NULL_LOCAL(Comparison.NONE),
  /** Where it differs from the type's own: the qualified collation. */
  COLLATION,
  /** {@code ALWAYS} or {@code BY DEFAULT}: the column draws from a hidden sequence. */
  IDENTITY,
  /** The options of the hidden sequence, where they are not the usual. */
  IDENTITY_OPTIONS,
  /** The hidden sequence, schema, tab, name, where it is not the one the server would choose. */
  IDENTITY_NAME,
  /** {@code STORED} or {@code VIRTUAL}: the column is computed by {@link #EXPRESSION}. */
  GENERATED,
  /** The compression method of a column. */
  COMPRESSION,
  /** How a column is stored, where not as its type says. */
  STORAGE,
  /** How many values the statistics keep. */
  STATISTICS_TARGET,
  /** Statistics targets of the columns of an index: {@code number target}. */
  COLUMN_STATISTICS,
  /** Options, one {@code name=value} per line. */
  OPTIONS(Comparison.AS_SET),
  /** Options for the foreign server, one {@code name=value} per line. */
  FOREIGN_OPTIONS(Comparison.AS_SET),
  /** Options of the table's overflow storage. */
  TOAST_OPTIONS(Comparison.AS_SET),
  /** Where the column stands; columns keep their place, so it is not compared. */
  POSITION(Comparison.NONE),
  /** {@code true}: it came from the parent table; follows from the tie, so it is not compared. */
  INHERITED(Comparison.NONE),
  /** {@code true}: it is also declared in the table itself. */
  LOCAL(Comparison.NONE),
  /** How a subscription reaches its publisher, without a password. */
  CONNECTION,
  /** {@code UNLOGGED}. */
  PERSISTENCE,
  /** How a partitioned table divides its rows. */
  PARTITION_KEY,
  /** The parent table or index: schema, tab, name. */
  PARTITION_OF,
  /** The rows a partition takes. */
  PARTITION_BOUND,
  /** Parent tables in order: schema, tab, name. */
  INHERITS,
  /** {@code nothing}, {@code full} or {@code index}; on an index: {@code true}. */
  REPLICA_IDENTITY,
  /** {@code true}: CLUSTER goes by this index. */
  CLUSTERED,
  /** The table access method, where it is not heap. */
  ACCESS_METHOD,
  /** The tablespace, where it is not the database's own. */
  TABLESPACE,
  /** {@code true}: row policies apply. */
  ROW_SECURITY,
  /** {@code true}: row policies bind the owner too. */
  FORCE_ROW_SECURITY,
  /** The composite type a typed table follows. */
  OF_TYPE,
  /** The output columns of a view: name, type, collation. */
  COLUMNS,
  /** The table something stands on: schema, tab, name. */
  TABLE,
  /** {@code p}, {@code u}, {@code x}, {@code f} or {@code c}: the sort of a constraint. */
  CONSTRAINT_TYPE,
  /** {@code DEFERRABLE} or {@code DEFERRABLE INITIALLY DEFERRED}. */
  DEFERRABLE,
  /** {@code true}: rows that were there before were not checked. */
  NOT_VALID,
  /** {@code true}: declared but never checked. */
  NOT_ENFORCED,
  /** {@code true}: an index or constraint that allows no duplicates. */
  UNIQUE,
  /** {@code true}: an index whose building was not finished. */
  INVALID,
  /** The labels of an enum in order. */
  LABELS,
  /** First value of a sequence. */
  START,
  /** Step of a sequence. */
  INCREMENT,
  /** Smallest value of a sequence. */
  MINIMUM,
  /** Largest value of a sequence. */
  MAXIMUM,
  /** How many numbers a session takes at once. */
  CACHE,
  /** {@code true}: begins again at the end. */
  CYCLE,
  /** The column a sequence dies with: schema, tab, table, tab, column. */
  OWNED_BY,
  /** {@code FUNCTION} or {@code PROCEDURE}. */
  ROUTINE,
  /** What a routine returns. */
  RETURNS,
  /** Names, modes, types and defaults of parameters. */
  PARAMETERS,
  /** The language of a routine. */
  LANGUAGE,
  /** {@code true}: the body was parsed when it was made. */
  PARSED_BODY,
  /** The state of a trigger or rule, where it is not the usual: D, R or A. */
  ENABLED,
  /** What a policy is for: ALL, SELECT, INSERT, UPDATE, DELETE. */
  COMMAND,
  /** {@code RESTRICTIVE}. */
  RESTRICTIVE,
  /** The roles a policy is for, quoted. */
  ROLES,
  /** The visible-rows condition of a policy; the row filter of a publication. */
  USING,
  /** The new-rows condition of a policy. */
  CHECK,
  /** The version of an extension or collation; the platform's affair, so it is not compared. */
  VERSION(Comparison.NONE),
  /** The schema of an extension. */
  EXTENSION_SCHEMA,
  /** {@code true}: an extension that cannot move to another schema; its own affair. */
  FIXED(Comparison.NONE),
  /** The foreign server, wrapper or handler it goes through. */
  SERVER,
  /** The dictionaries of each token type of a text search configuration. */
  MAPPING,
  /** The name on the other side of a pair: commutator and negator of an operator. */
  LINKS,
  /** The operations a publication sends. */
  PUBLISH,
  /** {@code true}: a publication of all tables. */
  ALL_TABLES,
  /** {@code true}: partitions are published as their root. */
  VIA_ROOT,
  /** {@code name=value} pairs that only matter to the kind itself. */
  PROPERTIES,
  /** The owner, where it is not the one who owns everything else. */
  OWNER,
  /** Privileges: {@code grantee TAB privilege}, a star for the right to hand it on. */
  PRIVILEGES,
  /** The comment. */
  COMMENT,
  /** The comment on the index that upholds a constraint. */
  INDEX_COMMENT,
  /** The comment on the not-null constraint of a column. */
  NOT_NULL_COMMENT,
  /** Security labels: {@code provider TAB label}. */
  SECURITY_LABELS;

  private enum Comparison {
    EXACT,
    AS_SET,
    NONE
  }

  private final Comparison comparison;

  Attribute() {
    this(Comparison.EXACT);
  }

  Attribute(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Whether two objects that differ in this attribute alone count as different. */
  public boolean isCompared() {
    return comparison != Comparison.NONE;
  }

  /** The value in the form in which it is compared: lists whose order means nothing are sorted. */
  String comparable(String value) {
    return comparison == Comparison.AS_SET
        ? value.lines().sorted().collect(Collectors.joining("\n"))
        : value;
  }
}
