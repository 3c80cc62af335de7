/**
 * Real PostgreSQL 18 and 15 and real SQLite for tests, and the checks after every database test.
 *
 * <p>A room takes {@code undercroft-testkit} in test scope and writes:
 *
 * <pre>{@code
 * @DatabaseTest
 * class LedgerTest {
 *   @Test
 *   void adds_up(PostgresDatabase database) { ... } // a fresh database on PostgreSQL 18
 *
 *   @Test
 *   void adds_up_there(@On(PostgresVersion.V15) PostgresDatabase database) { ... }
 *
 *   @EachServer
 *   void adds_up_everywhere(PostgresDatabase database) { ... } // once on 15, once on 18
 *
 *   @Test
 *   void adds_up_in_a_file(SqliteDatabase database) { ... }
 * }
 * }</pre>
 *
 * <p>Each server starts at first use, once per JVM (0.2 s), and ends with the JVM, even a killed
 * one. A parameter of a test method gives a database of its own to that test; a parameter of a
 * constructor or a {@code @BeforeAll} method gives one database to the whole class. Afterwards the
 * database is dropped, with every role and database that the test made; a connection, a transaction
 * or an advisory lock that is still open, a prepared transaction or a replication slot fails the
 * test. The user of {@link dev.undercroft.testkit.PostgresDatabase#connect()} is a superuser; tests
 * of privileges make roles of their own.
 *
 * <p>The servers are hostile on purpose: the time zone is Pacific/Chatham (12:45 hours from UTC),
 * dates print as SQL, DMY, bytea as escape; the name of the database needs quotes and the password
 * needs percent-encoding. Code that sets what it relies on does not notice.
 *
 * <p>Tests that need a server of their own (TLS, few connections, a crash) start one with {@link
 * dev.undercroft.testkit.PostgresServer#start}. Wait with {@link dev.undercroft.testkit.Await},
 * never by sleeping.
 */
@NullMarked
package dev.undercroft.testkit;

import org.jspecify.annotations.NullMarked;
