package dev.undercroft.platform;

import dev.undercroft.sql.Dialect;
import java.util.Optional;

/**
 * What lint knows of a project before it reads its migrations. Immutable.
 *
 * @param released the last migration that it does not judge; empty if it judges all
 * @param sql whose SQL the migrations are in
 */
public record LintGround(Optional<String> released, Dialect sql) {}
