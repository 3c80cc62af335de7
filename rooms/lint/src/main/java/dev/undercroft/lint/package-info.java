/** Reads migrations and schemas for what hurts, and says what to do instead. */
@NullMarked
package dev.undercroft.lint;

import org.jspecify.annotations.NullMarked;
