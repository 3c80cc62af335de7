package dev.undercroft.docs;

import dev.undercroft.testkit.PostgresDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HexFormat;

/** A project as Prisma leaves it: a schema, a migration, and a database where that was applied. */
final class PrismaProject {

  private static final String SETTINGS =
      """
      [project]
      name = "shop"
      schema = "prisma/schema.prisma"
      migrations = "prisma/migrations"
      """;
  private static final String MODEL =
      """
      datasource db {
        provider = "postgresql"
      }

      model Customer {
        id   Int    @id @default(autoincrement())
        name String
      }
      """;
  private static final String MIGRATION =
      """
      -- CreateTable
      CREATE TABLE "Customer" (
          "id" SERIAL NOT NULL,
          "name" TEXT NOT NULL,

          CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
      );
      """;
  private static final String HISTORY =
      """
      CREATE TABLE "_prisma_migrations" (
        id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL,
        finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text,
        rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
        applied_steps_count integer NOT NULL DEFAULT 0);
      """;

  private final Path folder;

  PrismaProject(Path folder) throws IOException {
    this.folder = folder;
    write("undercroft.toml", SETTINGS);
    write("prisma/schema.prisma", MODEL);
    write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
    write("prisma/migrations/20250101000000_init/migration.sql", MIGRATION);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  Path folder() {
    return folder;
  }

  /**
   * Does what Prisma did, as the user who owns the database and no more.
   *
   * @return the address with that user
   */
  String deploy(PostgresDatabase database) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(MIGRATION.getBytes(StandardCharsets.UTF_8));
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE prisma_guest LOGIN PASSWORD 'p'");
      statement.execute(
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO prisma_guest',"
              + " current_database()); END $$");
      statement.execute("SET ROLE prisma_guest");
      statement.execute(MIGRATION);
      statement.execute(HISTORY);
      statement.execute(
          "INSERT INTO \"_prisma_migrations\" VALUES ('1', '"
              + HexFormat.of().formatHex(digest)
              + "', now(), '20250101000000_init', null, null, now(), 1)");
      statement.execute("INSERT INTO \"Customer\" (name) VALUES ('one')");
      return database.url("prisma_guest", "p");
    }
  }

  /** Adds the field of which the page speaks. */
  void edit() throws IOException {
    write(
        "prisma/schema.prisma",
        MODEL.replace("name String\n", "name String\n  note String @default(\"none\")\n"));
  }
}
