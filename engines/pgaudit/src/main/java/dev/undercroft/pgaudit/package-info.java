/** Audit logs and their seals in PostgreSQL. */
@NullMarked
package dev.undercroft.pgaudit;

import org.jspecify.annotations.NullMarked;
