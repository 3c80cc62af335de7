package dev.undercroft.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Schemas wherever they stand: files, folders, databases. None of these needs a project.
 *
 * @param <R> what the verb answers
 */
public sealed interface SchemaCommand<R> extends Command<R> {

  /**
   * What holds for every source of a command.
   *
   * @param schemas only these schemas count; empty means all
   * @param roles whether roles and memberships count, which all databases of a server share
   * @param scratch the URL of a running server on which scratch databases may be made; without one
   *     the embedded engine is started for it
   * @param renames a file that says what was renamed
   * @param dialect {@code postgresql} or {@code sqlite}: whose SQL files are in; without one that
   *     of the other side, else PostgreSQL's
   */
  record Frame(
      List<String> schemas,
      boolean roles,
      Optional<String> scratch,
      Optional<String> renames,
      Optional<String> dialect) {

    /** Everything but roles, with scratch databases on the embedded engine. */
    public static final Frame PLAIN =
        new Frame(List.of(), false, Optional.empty(), Optional.empty(), Optional.empty());

    /** Copies the list. */
    public Frame {
      schemas = List.copyOf(schemas);
    }

    /** Without the password of the scratch server. */
    @Override
    public String toString() {
      return "Frame[schemas=" + schemas + ", roles=" + roles + ", renames=" + renames + ']';
    }
  }

  /**
   * How a plan is made.
   *
   * @param online whether locks that last are avoided at the price of more steps
   * @param prove whether it is tried on a copy
   * @param allow the hazards that are accepted: their words with commas between, or {@code all};
   *     empty text for none
   * @param waits how long steps wait while it is carried out
   */
  record Manner(boolean online, boolean prove, String allow, Waits waits) {}

  /**
   * How long a step may wait and run.
   *
   * @param lock for its lock, before it gives way and is tried again; zero means without end, empty
   *     the usual time
   * @param statement altogether; zero means without end, empty the usual time
   */
  record Waits(Optional<Duration> lock, Optional<Duration> statement) {
    /** The usual times. */
    public static final Waits USUAL = new Waits(Optional.empty(), Optional.empty());
  }

  /** How a schema is written. */
  enum Format {
    /** Statements that make it in an empty database. */
    SQL,
    /** A document that is a source itself. */
    JSON,
    /** A schema in Prisma's language; what that cannot say is in the notes. */
    PRISMA,
    /** An entity-relationship diagram as Mermaid text. */
    MERMAID,
    /** An entity-relationship diagram as a picture. */
    SVG
  }

  /**
   * Reads a schema and writes it down.
   *
   * @param from where it stands
   */
  record Inspect(Scope scope, Frame frame, String from, Format format)
      implements SchemaCommand<SchemaText> {
    @Override
    public String verb() {
      return "schema inspect";
    }

    @Override
    public Class<SchemaText> outcome() {
      return SchemaText.class;
    }
  }

  /**
   * Compares two schemas.
   *
   * @param from the first
   * @param to the second
   */
  record Diff(Scope scope, Frame frame, String from, String to)
      implements SchemaCommand<SchemaPlan> {
    @Override
    public String verb() {
      return "schema diff";
    }

    @Override
    public Class<SchemaPlan> outcome() {
      return SchemaPlan.class;
    }
  }

  /**
   * Says how to get from one schema to another. Changes nothing.
   *
   * @param from the first; a database's rows are looked at, never touched
   * @param to the second
   */
  record Plan(Scope scope, Frame frame, String from, String to, Manner manner)
      implements SchemaCommand<SchemaPlan> {
    @Override
    public String verb() {
      return "schema plan";
    }

    @Override
    public Class<SchemaPlan> outcome() {
      return SchemaPlan.class;
    }
  }

  /**
   * Makes a database what a schema says.
   *
   * @param url the database
   * @param to the wanted schema
   * @param expected the {@link SchemaPlan#mark} of the plan that was agreed to; empty if none was
   */
  record Apply(
      Scope scope, Frame frame, String url, String to, Manner manner, Optional<String> expected)
      implements SchemaCommand<SchemaApplied> {
    @Override
    public String verb() {
      return "schema apply";
    }

    @Override
    public Class<SchemaApplied> outcome() {
      return SchemaApplied.class;
    }
  }

  /**
   * Carries out a plan that was written down, or what is left of it.
   *
   * @param url the database
   * @param plan the plan
   * @param allow hazards that are accepted and were not when it was made, as in {@link Manner}
   */
  record ApplyPlan(Scope scope, Frame frame, String url, SchemaPlan plan, String allow)
      implements SchemaCommand<SchemaApplied> {
    @Override
    public String verb() {
      return "schema apply";
    }

    @Override
    public Class<SchemaApplied> outcome() {
      return SchemaApplied.class;
    }
  }

  /**
   * Brings SQL files into one layout.
   *
   * @param paths files and folders; none means the project's wanted schema
   * @param check whether it is only said which are not in it
   */
  record LayOut(Scope scope, List<String> paths, boolean check)
      implements SchemaCommand<FilesLaidOut> {
    /** Copies the list. */
    public LayOut {
      paths = List.copyOf(paths);
    }

    @Override
    public String verb() {
      return "schema format";
    }

    @Override
    public Class<FilesLaidOut> outcome() {
      return FilesLaidOut.class;
    }
  }

  /**
   * Judges migrations and files, or a schema as a whole.
   *
   * @param schema where a schema stands that is judged as a whole; empty to judge files
   * @param paths files, and folders of files or migrations; none means the project's migrations
   * @param since the last migration that is not judged; empty judges all
   * @param level the least grave findings that are told: {@code error}, {@code warning}, {@code
   *     note}
   * @param sqlite whether the files are SQLite's
   */
  record Lint(
      Scope scope,
      Frame frame,
      Optional<String> schema,
      List<String> paths,
      Optional<String> since,
      String level,
      boolean sqlite)
      implements SchemaCommand<LintReport> {
    /** Copies the list. */
    public Lint {
      paths = List.copyOf(paths);
    }

    @Override
    public String verb() {
      return "lint";
    }

    @Override
    public Class<LintReport> outcome() {
      return LintReport.class;
    }
  }

  /**
   * Writes a database down as SQL that psql restores.
   *
   * @param url the database
   * @param content what of it
   * @param out the file, or a folder if it is one or is to be
   */
  record Dump(Scope scope, String url, Content content, Out out)
      implements SchemaCommand<DumpWritten> {

    /**
     * What is dumped.
     *
     * @param tables only these tables; empty means everything
     * @param schemas only these schemas; empty means all
     * @param schemaOnly whether rows and the places of sequences are left out
     * @param roles whether roles and memberships are dumped too
     */
    public record Content(
        List<String> tables, List<String> schemas, boolean schemaOnly, boolean roles) {
      /** Copies the lists. */
      public Content {
        tables = List.copyOf(tables);
        schemas = List.copyOf(schemas);
      }
    }

    /**
     * Where it is written.
     *
     * @param path the file or folder
     * @param folder whether a folder is made, with a file for each table
     */
    public record Out(Path path, boolean folder) {}

    @Override
    public String verb() {
      return "dump";
    }

    @Override
    public Class<DumpWritten> outcome() {
      return DumpWritten.class;
    }
  }
}
