/** What a database contains, as immutable values. */
@NullMarked
package dev.undercroft.catalog;

import org.jspecify.annotations.NullMarked;
