/** A guest that uses only the sdk. */
@NullMarked
package dev.undercroft.apps.audiotricks;

import org.jspecify.annotations.NullMarked;
