package dev.undercroft.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.GeneratedTextBlocks;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;

/**
 * Our wishes in the words of jOOQ's generator. Nothing in them depends on time or machine.
 *
 * @param generation what was asked for
 * @param schemas the schemas to read; none on SQLite
 * @param database jOOQ's reader
 * @param pathClasses whether foreign keys get path classes of their own, for joins along them
 */
record GeneratorSettings(
    Generation generation, List<String> schemas, Class<?> database, boolean pathClasses) {

  private static final String TIMESTAMPTZ = "(?i:timestamp with time zone|timestamptz)";

  /**
   * Everything of the tool {@code migrate} and of SQLite itself that is no table of the project.
   */
  private static final List<String> NEVER = List.of("undercroft\\..*", "sqlite_.*");

  Configuration writingTo(Path folder) {
    return new Configuration()
        .withLogging(Logging.ERROR)
        .withGenerator(
            new org.jooq.meta.jaxb.Generator()
                .withName(org.jooq.codegen.JavaGenerator.class.getName())
                .withStrategy(new Strategy().withName(PackagePerSchema.class.getName()))
                .withDatabase(source())
                .withGenerate(contents())
                .withTarget(
                    new Target()
                        .withPackageName(generation.packageName())
                        .withDirectory(folder.toString())
                        .withEncoding("UTF-8")
                        .withLocale("en")));
  }

  private Database source() {
    List<String> excludes = new ArrayList<>(NEVER);
    excludes.addAll(generation.excludes());
    return new Database()
        .withName(database.getName())
        .withIncludes(".*")
        .withExcludes(String.join("|", excludes.stream().map(one -> "(?:" + one + ")").toList()))
        .withSchemata(
            schemas.stream().map(one -> new SchemaMappingType().withInputSchema(one)).toList())
        .withIncludeTriggerRoutines(false)
        .withForcedTypes(forcedTypes());
  }

  private List<ForcedType> forcedTypes() {
    List<ForcedType> forced = new ArrayList<>();
    if (generation.instants() == Generation.Instants.INSTANT) {
      forced.add(new ForcedType().withName("INSTANT").withIncludeTypes(TIMESTAMPTZ));
    }
    if (isPostgres()) {
      forced.addAll(TextTypes.forced(generation.packageName()));
    }
    return forced;
  }

  private boolean isPostgres() {
    return database == org.jooq.meta.postgres.PostgresDatabase.class;
  }

  private Generate contents() {
    boolean daos = generation.extras().contains(Generation.Extra.DAOS);
    boolean pojos = daos || generation.extras().contains(Generation.Extra.POJOS);
    return new Generate()
        .withGeneratedAnnotation(false)
        .withDeprecationOnUnknownTypes(false)
        .withSources(false)
        .withImplicitJoinPathTableSubtypes(pathClasses)
        .withTextBlocks(GeneratedTextBlocks.ON)
        .withPojos(pojos)
        .withPojosAsJavaRecordClasses(pojos)
        .withDaos(daos);
  }
}
