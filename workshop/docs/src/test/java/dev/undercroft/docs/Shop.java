package dev.undercroft.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The workspace in which the examples of the manual make sense: one project called shop with the
 * migration and the variable that they name.
 */
final class Shop {

  private static final String TABLES =
      """
      create table item (id bigint primary key, name text not null);
      create table orders (id bigint primary key);
      """;
  private static final String CUSTOMER = "create table customer (id bigint primary key);\n";
  private static final String ORDERS = "migrations/20260102030405_add_orders/";

  private final Path folder;

  Shop(Path folder) throws IOException {
    this.folder = folder;
    write("undercroft.toml", "[workspace]\nprojects = [\"shop\"]\n");
    write(
        "shop/undercroft.toml",
        "[project]\nname = \"shop\"\n\n[variables.JWT_SECRET]\ntype = \"secret\"\n");
    write(
        "shop/migrations/20260101000000_items/migration.sql",
        "create table item (id bigint primary key, name text not null);\n");
    write("shop/migrations/20260101000000_items/down.sql", "drop table item;\n");
    write("shop/" + ORDERS + "migration.sql", "create table orders (id bigint primary key);\n");
    write("shop/" + ORDERS + "down.sql", "drop table orders;\n");
    write(
        "shop/seed/10_items.sql",
        "insert into item values (1, 'lamp') on conflict (id) do nothing;\n");
    schemas();
  }

  /** Files by the names that examples about schemas use: what there is and what is wanted. */
  private void schemas() throws IOException {
    write("schemas/old.sql", TABLES);
    write("schemas/new.sql", TABLES + CUSTOMER);
    write("schemas/schema/tables.sql", TABLES + CUSTOMER + "create table order_line (id int);\n");
    write(
        "schemas/prisma/schema.prisma",
        """
        datasource db {
          provider = "postgresql"
        }

        model Customer {
          id   Int    @id
          name String
        }
        """);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  Path folder() {
    return folder;
  }

  /** Does what a reader has done who needs this command. */
  void prepare(String section, ReadersShell shell) throws IOException, InterruptedException {
    switch (section) {
      case "status" -> shell.mustType("undercroft up --detach");
      case "migrate resolve" ->
          shell.mustType("undercroft migrate down --project shop --confirm shop");
      case "migrate down" ->
          shell.mustType("undercroft migrate reset --project shop --confirm shop");
      case "schema inspect", "schema diff", "schema plan", "schema apply", "dump" ->
          shell.go(folder.resolve("schemas"));
      case "schema push" -> write("shop/schema/tables.sql", TABLES);
      case "migrate dev" -> write("shop/schema/tables.sql", TABLES + CUSTOMER);
      case "migrate generate" ->
          write("shop/schema/more.sql", "create table invoice (id int primary key);\n");
      case "migrate deploy" -> forgetWhatWasMade(shell);
      case "init" -> shell.go(Files.createDirectory(folder.resolve("empty")));
      default -> {}
    }
  }

  /** The examples that follow name the newest migration that was there before. */
  private void forgetWhatWasMade(ReadersShell shell) throws IOException, InterruptedException {
    shell.mustType("undercroft migrate down --project shop --confirm shop");
    shell.mustType("rm -r shop/schema shop/migrations/2*[!5]_add_orders");
  }

  /** How the commands of a section end that do not end with 0. */
  Map<String, List<Integer>> expected(String section) {
    return switch (section) {
      // On a busy machine a database may be slow enough for the answer no.
      case "status", "health", "doctor" ->
          Map.of(
              "undercroft status", List.of(0, 3),
              "undercroft status --json", List.of(0, 3),
              "undercroft health", List.of(0, 3),
              "undercroft health --json", List.of(0, 3),
              "undercroft doctor", List.of(0, 3));
      case "schema diff", "schema apply" -> expectedOfSchemas(section);
      // The two examples are two ways out of one situation: after the first there is no need.
      case "migrate resolve" ->
          Map.of(
              "undercroft migrate resolve --project shop --rolled-back 20260102030405_add_orders",
              List.of(1));
      // Refused, because this database has a history already.
      case "migrate baseline" ->
          Map.of(
              "undercroft migrate baseline --project shop", List.of(1),
              "undercroft migrate baseline --project shop --to 20260102030405_add_orders",
                  List.of(1));
      default -> expectedOfBackups(section);
    };
  }

  private static Map<String, List<Integer>> expectedOfBackups(String section) {
    return switch (section) {
      // There is no backup of this name and none of that time.
      case "backup delete" ->
          Map.of("undercroft backup delete backup-1 --confirm backup-1", List.of(1));
      case "restore" ->
          Map.of(
              "undercroft restore --time 2026-01-02T03:04:05Z --into ./restored", List.of(1),
              "undercroft restore --table item --time 2026-01-02T03:04:05Z --project shop",
                  List.of(1));
      // The age of the last stored moment depends on how busy the machine is.
      case "backup drill" -> Map.of("undercroft backup drill", List.of(0, 3));
      // The tables of this project are without row policies.
      case "isolation verify" ->
          Map.of(
              "undercroft isolation verify", List.of(3),
              "undercroft isolation verify --project shop --json", List.of(3));
      default -> Map.of();
    };
  }

  private static Map<String, List<Integer>> expectedOfSchemas(String section) {
    return section.equals("schema diff")
        ? Map.of(
            "undercroft schema diff --from postgres://me@localhost/shop --to schema", List.of(3),
            "undercroft schema diff --from old.sql --to new.sql --format sql", List.of(3))
        // The database has gone on since that plan was made.
        : Map.of(
            "undercroft schema apply --url postgres://me@localhost/shop --plan plan.json",
            List.of(1));
  }
}
