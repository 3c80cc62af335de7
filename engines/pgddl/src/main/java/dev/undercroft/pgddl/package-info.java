/** PostgreSQL's DDL: how each change is written, what it locks and what it may cost. */
@NullMarked
package dev.undercroft.pgddl;

import org.jspecify.annotations.NullMarked;
