package dev.undercroft.pgdump;

import java.util.List;

/**
 * What is dumped. Immutable.
 *
 * @param tables only these tables, with or without their schema; {@code *} stands for any letters.
 *     Empty means everything
 * @param schemas only these schemas; empty means all
 * @param schemaOnly whether rows and the places of sequences are left out
 * @param roles whether roles and memberships are dumped too
 */
public record DumpOptions(
    List<String> tables, List<String> schemas, boolean schemaOnly, boolean roles) {

  /** Everything but roles. */
  public static final DumpOptions ALL = new DumpOptions(List.of(), List.of(), false, false);

  /** Copies the lists. */
  public DumpOptions {
    tables = List.copyOf(tables);
    schemas = List.copyOf(schemas);
  }
}
