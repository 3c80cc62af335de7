package dev.undercroft.engine;

/** What not every database can do. */
public enum Capability {
  /** Changes of the schema are part of transactions. */
  TRANSACTIONAL_DDL("changes of the schema inside transactions"),
  /** Indexes are built while others write. */
  CONCURRENT_INDEXES("building indexes while others write"),
  /** Several schemas in one database. */
  SCHEMAS("schemas"),
  /** Roles with rights of their own. */
  ROLES("roles"),
  /** Policies that bind a session to a tenant's rows. */
  ROW_POLICIES("row policies"),
  /** Extensions. */
  EXTENSIONS("extensions"),
  /** Statistics of every statement that ran. */
  STATEMENT_STATISTICS("statistics of statements"),
  /** Backups of a running server, and a restore to any point in time. */
  POINT_IN_TIME_RESTORE("restore to a point in time"),
  /** Copies of a server that follow it. */
  REPLICATION("replication");

  private final String words;

  Capability(String words) {
    this.words = words;
  }

  /** What it is called in a message. */
  public String words() {
    return words;
  }
}
