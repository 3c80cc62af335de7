package dev.undercroft.catalog;

import java.util.Locale;

/**
 * What sort of thing a {@link CatalogObject} is. The order of the constants is the order in which
 * things are listed, and a fair order to create them in where no dependency says otherwise.
 */
public enum Kind {
  /** A cluster-wide login or group; read only on request. */
  ROLE,
  /** One role being a member of another; read only on request. */
  MEMBERSHIP,
  /** A namespace. */
  SCHEMA,
  /** An installed extension; what belongs to it is never listed on its own. */
  EXTENSION,
  /** A procedural language that no extension brought. */
  LANGUAGE,
  /** A collation. */
  COLLATION,
  /** A type that is a list of labels. */
  ENUM,
  /** A type that is another type with rules. */
  DOMAIN,
  /** A type made of named fields; the fields are {@link #COLUMN}s. */
  COMPOSITE,
  /** A range type; its multirange belongs to it. */
  RANGE,
  /** A number generator that is not the hidden one of an identity column. */
  SEQUENCE,
  /** A foreign data wrapper. */
  FOREIGN_DATA_WRAPPER,
  /** A foreign server. */
  SERVER,
  /** How a role logs in to a foreign server. */
  USER_MAPPING,
  /** A table with its own rows, or a partitioned one. */
  TABLE,
  /** A table whose rows live on a foreign server. */
  FOREIGN_TABLE,
  /** A column of a table, or a field of a composite type. */
  COLUMN,
  /** A function, a window function or a procedure. */
  FUNCTION,
  /** An aggregate function. */
  AGGREGATE,
  /** A conversion between two types. */
  CAST,
  /** An operator. */
  OPERATOR,
  /** A family of operator classes. */
  OPERATOR_FAMILY,
  /** How an index method treats a type. */
  OPERATOR_CLASS,
  /** A text search parser. */
  TEXT_SEARCH_PARSER,
  /** A text search template. */
  TEXT_SEARCH_TEMPLATE,
  /** A text search dictionary. */
  TEXT_SEARCH_DICTIONARY,
  /** A text search configuration. */
  TEXT_SEARCH_CONFIGURATION,
  /** The value a column gets when a row names none. */
  DEFAULT,
  /** The tie of a sequence to the column that it dies with. */
  SEQUENCE_OWNERSHIP,
  /** A view. */
  VIEW,
  /** A view that keeps its rows. */
  MATERIALIZED_VIEW,
  /** An index that no constraint owns. */
  INDEX,
  /** A primary key, unique, exclusion, check or foreign key, of a table or a domain. */
  CONSTRAINT,
  /** The tie of a partition to its partitioned table. */
  PARTITION,
  /** Extended statistics. */
  STATISTICS,
  /** A rewrite rule that is not the body of a view. */
  RULE,
  /** A trigger on a table or view. */
  TRIGGER,
  /** A row policy. */
  POLICY,
  /** A trigger on commands. */
  EVENT_TRIGGER,
  /** A publication. */
  PUBLICATION,
  /** A table named by a publication. */
  PUBLICATION_TABLE,
  /** A schema named by a publication. */
  PUBLICATION_SCHEMA,
  /** A subscription. */
  SUBSCRIPTION,
  /** Privileges that objects made later receive. */
  DEFAULT_PRIVILEGES;

  /** The kind in words: {@code foreign data wrapper}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
