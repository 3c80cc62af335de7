/**
 * What a database must be able to do to live here: one record of the small ports that the rooms
 * declare, plus capabilities.
 */
@NullMarked
package dev.undercroft.engine;

import org.jspecify.annotations.NullMarked;
