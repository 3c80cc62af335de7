/** A guest that uses only the sdk. */
@NullMarked
package dev.undercroft.apps.seda;

import org.jspecify.annotations.NullMarked;
