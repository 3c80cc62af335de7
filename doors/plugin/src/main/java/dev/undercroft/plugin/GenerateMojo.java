package dev.undercroft.plugin;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.generate.Generation;
import dev.undercroft.generate.Generation.Extra;
import dev.undercroft.generate.Generation.Instants;
import dev.undercroft.generate.GenerationResult;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import java.io.File;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Writes jOOQ classes for the migrations of a project and adds them to its sources. Starts a
 * PostgreSQL that lives for this moment only, and does not start one when neither migrations nor
 * versions nor options have changed since the last build.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractMojo {

  /** The folder with {@code undercroft.toml}. */
  @Parameter(property = "undercroft.project", defaultValue = "${project.basedir}")
  private @Nullable File projectFolder;

  /** The package of the classes. */
  @Parameter(required = true)
  private @Nullable String packageName;

  /** The source root to write to; the package's folder in it belongs to the generator. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/undercroft")
  private @Nullable File outputFolder;

  /** The Java type of {@code timestamptz}: {@code INSTANT} or {@code OFFSET_DATE_TIME}. */
  @Parameter(defaultValue = "INSTANT")
  private Instants instants = Instants.INSTANT;

  /** Whether to write a Java record per table, too. */
  @Parameter(defaultValue = "false")
  private boolean pojos;

  /** Whether to write a DAO per table, too. */
  @Parameter(defaultValue = "false")
  private boolean daos;

  /** Regular expressions for objects to leave out, by qualified or plain name. */
  @Parameter private List<String> excludes = List.of();

  /** Where the last build's fingerprint is kept. */
  @Parameter(
      defaultValue = "${project.build.directory}/undercroft/generate.fingerprint",
      readonly = true)
  private @Nullable File fingerprintFile;

  /** Leaves the sources as they are. */
  @Parameter(property = "undercroft.generate.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private @Nullable MavenProject project;

  @Override
  public void execute() throws MojoExecutionException {
    Path output = path(outputFolder);
    if (skip) {
      getLog().info("Skipped.");
    } else {
      try {
        generate(generation(output));
      } catch (ProblemException e) {
        throw new MojoExecutionException(
            e.problems().stream().map(GenerateMojo::text).collect(Collectors.joining("\n\n")), e);
      }
    }
    Objects.requireNonNull(project).addCompileSourceRoot(output.toString());
  }

  private Generation generation(Path output) {
    Set<Extra> extras = EnumSet.noneOf(Extra.class);
    if (pojos) {
      extras.add(Extra.POJOS);
    }
    if (daos) {
      extras.add(Extra.DAOS);
    }
    return Generation.into(output, Objects.requireNonNull(packageName))
        .withInstants(instants)
        .withExtras(extras)
        .excluding(excludes);
  }

  private void generate(Generation generation) {
    Project source = project(path(projectFolder));
    Fingerprint fingerprint = Fingerprint.of(source.migrations(), generation);
    Path last = path(fingerprintFile);
    if (fingerprint.isSameAs(last)) {
      getLog().info("Nothing changed since the last build.");
      return;
    }
    // Read once by jOOQ, when it is loaded: a build shows no advertisement.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    GenerationResult result = new ProjectClasses(source).write(generation);
    Fingerprint.of(source.migrations(), generation).writeTo(last);
    getLog()
        .info(
            "%s: %d classes written, %d removed, %d as they were"
                .formatted(
                    source.title(),
                    result.written().size(),
                    result.removed().size(),
                    result.unchanged()));
  }

  private static Project project(Path folder) {
    return ProjectFinder.find(folder, folder.toString()).one();
  }

  private static String text(Problem problem) {
    StringBuilder text = new StringBuilder(problem.message());
    if (!problem.detail().isEmpty()) {
      text.append('\n').append(problem.detail());
    }
    if (!problem.remedy().isEmpty()) {
      text.append('\n').append(problem.remedy());
    }
    return text.append(" [").append(problem.code()).append(']').toString();
  }

  private static Path path(@Nullable File file) {
    return Objects.requireNonNull(file, "Maven sets the parameters before it calls").toPath();
  }
}
