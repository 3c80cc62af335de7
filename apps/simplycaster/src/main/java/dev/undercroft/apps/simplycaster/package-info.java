/** A guest that uses only the sdk. */
@NullMarked
package dev.undercroft.apps.simplycaster;

import org.jspecify.annotations.NullMarked;
