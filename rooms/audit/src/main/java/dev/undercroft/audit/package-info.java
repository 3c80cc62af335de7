/** Seals logs that only grow, so that whoever changes an entry afterwards is found out. */
@NullMarked
package dev.undercroft.audit;

import org.jspecify.annotations.NullMarked;
