/** PostgreSQL's answers (15 to 18), embedded or external. */
@NullMarked
package dev.undercroft.postgres;

import org.jspecify.annotations.NullMarked;
