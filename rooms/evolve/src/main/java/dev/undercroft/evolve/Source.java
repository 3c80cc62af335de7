package dev.undercroft.evolve;

import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a schema stands. Immutable. */
public sealed interface Source {

  /** The place as a person may read it: never with a password. */
  String shown();

  /** Whose SQL it is in; empty where that depends on what it is compared with. */
  Optional<Dialect> sql();

  /**
   * Statements in files, in any order.
   *
   * @param shown the file or folder
   * @param files what it holds
   * @param prisma whether it is a Prisma schema, in which labels of enums have no order
   */
  record Sql(String shown, List<SqlSource> files, boolean prisma) implements Source {
    /** Copies the list. */
    public Sql {
      files = List.copyOf(files);
    }

    /** A Prisma schema stands for objects of PostgreSQL. */
    @Override
    public Optional<Dialect> sql() {
      return prisma ? Optional.of(Dialect.POSTGRESQL) : Optional.empty();
    }
  }

  /**
   * A folder of migrations, carried out in their order.
   *
   * @param shown the folder as it was named
   * @param folder the folder
   */
  record Migrations(String shown, Path folder) implements Source {
    @Override
    public Optional<Dialect> sql() {
      return Optional.empty();
    }
  }

  /**
   * A catalog that was written down as JSON.
   *
   * @param shown the file as it was named
   * @param text what it holds
   */
  record Written(String shown, String text) implements Source {
    @Override
    public Optional<Dialect> sql() {
      return Optional.of(CatalogJson.product(text));
    }
  }

  /**
   * A database.
   *
   * @param shown its address without the password
   * @param url its address, with the password
   * @param dialect whose it is
   */
  record Live(String shown, String url, Dialect dialect) implements Source {

    @Override
    public Optional<Dialect> sql() {
      return Optional.of(dialect);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Live[" + shown + ']';
    }
  }
}
