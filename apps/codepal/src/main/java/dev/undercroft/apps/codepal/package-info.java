/** A guest that uses only the sdk. */
@NullMarked
package dev.undercroft.apps.codepal;

import org.jspecify.annotations.NullMarked;
