package dev.undercroft.generate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.lang.model.SourceVersion;

/**
 * What to write and where. Immutable; start from {@link #into}.
 *
 * @param folder the source root; the folder of the package below it belongs to the generator
 * @param packageName the package of the classes; schemas other than {@code public} get a package
 *     below it
 * @param instants the Java type of {@code timestamp with time zone}
 * @param extras what to write besides tables, records, enums, routines and sequences
 * @param excludes regular expressions; an object whose qualified name ({@code schema.table}) or
 *     plain name matches one is left out, case does not matter
 */
public record Generation(
    Path folder, String packageName, Instants instants, Set<Extra> extras, List<String> excludes) {

  /** The Java type of {@code timestamp with time zone}; the server keeps no zone, only UTC. */
  public enum Instants {
    /** {@link java.time.Instant}. */
    INSTANT,
    /** {@link java.time.OffsetDateTime}, as jOOQ does by itself. */
    OFFSET_DATE_TIME
  }

  /** Further classes. */
  public enum Extra {
    /** A Java record per table. */
    POJOS,
    /** A DAO per table, which brings the records too. */
    DAOS
  }

  /** Refuses a package or an expression that cannot be one; copies the collections. */
  public Generation {
    extras = Set.copyOf(extras);
    excludes = List.copyOf(excludes);
    if (!SourceVersion.isName(packageName)) {
      throw Problem.of(
              "GENERATE_BAD_PACKAGE",
              ProblemKind.INPUT,
              "'" + packageName + "' is not the name of a Java package")
          .withRemedy("Give a package such as com.example.shop.db.")
          .exception();
    }
    for (String exclude : excludes) {
      refuseBadPattern(exclude);
    }
  }

  private static void refuseBadPattern(String exclude) {
    try {
      Pattern.compile(exclude);
    } catch (PatternSyntaxException e) {
      throw Problem.of(
              "GENERATE_BAD_EXCLUDE",
              ProblemKind.INPUT,
              "'" + exclude + "' is not a regular expression")
          .withDetail(e.getDescription())
          .withRemedy("Write a Java regular expression such as legacy_.* and try again.")
          .exception(e);
    }
  }

  /** Instants, no extras, nothing excluded. */
  public static Generation into(Path folder, String packageName) {
    return new Generation(folder, packageName, Instants.INSTANT, Set.of(), List.of());
  }

  /** The same with another type for instants. */
  public Generation withInstants(Instants type) {
    return new Generation(folder, packageName, type, extras, excludes);
  }

  /** The same with these further classes. */
  public Generation withExtras(Set<Extra> more) {
    return new Generation(folder, packageName, instants, more, excludes);
  }

  /** The same without these objects, too. */
  public Generation excluding(List<String> more) {
    List<String> all = new ArrayList<>(excludes);
    all.addAll(more);
    return new Generation(folder, packageName, instants, extras, all);
  }

  /** The folder of the package: everything below it belongs to the generator. */
  public Path packageFolder() {
    return folder.resolve(packageName.replace('.', '/'));
  }
}
