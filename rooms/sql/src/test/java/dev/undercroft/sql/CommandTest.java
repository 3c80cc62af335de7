package dev.undercroft.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

  private static Command command(String sql, Dialect dialect) {
    return Script.read(new SqlSource("c", sql), dialect)
        .orThrow()
        .statements()
        .getFirst()
        .command();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "create index concurrently i on t (a)|OUTSIDE|CREATE INDEX CONCURRENTLY",
        "CREATE UNIQUE INDEX /* so */ CONCURRENTLY ON t (a)|OUTSIDE|CREATE INDEX CONCURRENTLY",
        "create index concurrently_not on t (a)|INSIDE|CREATE INDEX",
        "create index on t (a)|INSIDE|CREATE INDEX",
        "create unique index u on t (a)|INSIDE|CREATE INDEX",
        "drop index concurrently if exists i|OUTSIDE|DROP INDEX CONCURRENTLY",
        "drop index i|INSIDE|DROP INDEX",
        "reindex index concurrently i|OUTSIDE|REINDEX CONCURRENTLY",
        "reindex (concurrently, verbose) table t|OUTSIDE|REINDEX CONCURRENTLY",
        "reindex table t|INSIDE|REINDEX",
        "reindex (verbose) schema s|OUTSIDE|REINDEX DATABASE",
        "vacuum analyze t|OUTSIDE|VACUUM",
        "analyze t|INSIDE|ANALYZE",
        "create database d|OUTSIDE|CREATE DATABASE",
        "drop database d|OUTSIDE|DROP DATABASE",
        "alter database \"my d\" set tablespace s|OUTSIDE|ALTER DATABASE SET TABLESPACE",
        "alter database d set work_mem = '1MB'|INSIDE|ALTER DATABASE",
        "create tablespace s location '/x'|OUTSIDE|CREATE TABLESPACE",
        "alter system set work_mem = '1MB'|OUTSIDE|ALTER SYSTEM",
        "create subscription s connection '' publication p|OUTSIDE|CREATE SUBSCRIPTION",
        "alter subscription s refresh publication|OUTSIDE|ALTER SUBSCRIPTION",
        "alter subscription s disable|INSIDE|ALTER SUBSCRIPTION",
        "alter table s.t detach partition s.p concurrently|OUTSIDE|ALTER TABLE DETACH PARTITION CONCURRENTLY",
        "alter table only t detach partition p|INSIDE|ALTER TABLE",
        "alter table t detach partition p finalize|INSIDE|ALTER TABLE",
        "cluster|OUTSIDE|CLUSTER",
        "cluster verbose|OUTSIDE|CLUSTER",
        "cluster (verbose)|OUTSIDE|CLUSTER",
        "cluster t using i|INSIDE|CLUSTER",
        "refresh materialized view concurrently v|INSIDE|REFRESH",
        "alter type e add value 'x'|INSIDE|ALTER TYPE",
        "discard all|OUTSIDE|DISCARD ALL",
        "call p()|UNDECIDED|CALL",
        "do $$ begin end $$|UNDECIDED|DO",
        "begin|CONTROL|BEGIN",
        "start transaction|CONTROL|START TRANSACTION",
        "commit and chain|CONTROL|COMMIT",
        "end|CONTROL|END",
        "rollback|CONTROL|ROLLBACK",
        "rollback work to s|ONLY_INSIDE|ROLLBACK TO SAVEPOINT",
        "rollback prepared 'x'|CONTROL|ROLLBACK",
        "prepare transaction 'x'|CONTROL|PREPARE TRANSACTION",
        "prepare transaction_q as select 1|INSIDE|PREPARE",
        "savepoint s|ONLY_INSIDE|SAVEPOINT",
        "set local lock_timeout = 1|ONLY_INSIDE|SET LOCAL",
        "lock table t|ONLY_INSIDE|LOCK",
        "create or replace function f() returns int language sql as ''|INSIDE|CREATE FUNCTION",
        "create materialized view v as select 1|INSIDE|CREATE MATERIALIZED VIEW",
        "create temp table t ()|INSIDE|CREATE TABLE",
        "comment on table t is ''|INSIDE|COMMENT TABLE",
        "with a as (select 1) insert into t select * from a|INSIDE|WITH",
        "\"vacuum\"|INSIDE|''",
      })
  void postgres_commands_are_known_by_their_words(String sql, TransactionUse use, String name) {
    assertThat(command(sql, Dialect.POSTGRESQL))
        .isEqualTo(new Command(name.replace("''", ""), use));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vacuum|OUTSIDE",
        "pragma foreign_keys = off|OUTSIDE",
        "pragma foreign_key_check|INSIDE",
        "attach 'x' as y|OUTSIDE",
        "begin immediate|CONTROL",
        "end transaction|CONTROL",
        "rollback to s|ONLY_INSIDE",
        "create index i on t (a)|INSIDE",
      })
  void sqlite_commands_are_known_by_their_words(String sql, TransactionUse use) {
    assertThat(command(sql, Dialect.SQLITE).use()).isEqualTo(use);
  }
}
