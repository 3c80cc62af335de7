/** A guest that uses only the sdk. */
@NullMarked
package dev.undercroft.apps.epic;

import org.jspecify.annotations.NullMarked;
