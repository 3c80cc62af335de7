package dev.undercroft.generate;

import org.jooq.codegen.DefaultGeneratorStrategy;
import org.jooq.meta.Definition;

/**
 * Puts the schema {@code public} into the package itself and every other schema into one below it,
 * so that a project's second schema does not move the classes of the first. Public, because jOOQ's
 * generator makes it by its name.
 */
public final class PackagePerSchema extends DefaultGeneratorStrategy {

  private static final String DEFAULT_SCHEMA = ".public";

  @Override
  public String getJavaPackageName(Definition definition, Mode mode) {
    String name = super.getJavaPackageName(definition, mode);
    String first = getTargetPackage() + DEFAULT_SCHEMA;
    boolean inDefaultSchema = name.equals(first) || name.startsWith(first + ".");
    return inDefaultSchema ? getTargetPackage() + name.substring(first.length()) : name;
  }
}
