/** Speaks the same verbs on a terminal. */
@NullMarked
package dev.undercroft.cli;

import org.jspecify.annotations.NullMarked;
