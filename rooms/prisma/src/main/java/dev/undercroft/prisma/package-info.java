/** Reads Prisma's schema language, and says in SQL what it means on PostgreSQL. */
@NullMarked
package dev.undercroft.prisma;

import org.jspecify.annotations.NullMarked;
