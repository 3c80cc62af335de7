/**
 * The only room that knows every room: reads the configuration, picks engines, wires, starts,
 * stops.
 */
@NullMarked
package dev.undercroft.main;

import org.jspecify.annotations.NullMarked;
