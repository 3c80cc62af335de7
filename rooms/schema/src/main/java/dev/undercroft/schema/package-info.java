/** Reads the wanted catalog from files, databases and folders. */
@NullMarked
package dev.undercroft.schema;

import org.jspecify.annotations.NullMarked;
