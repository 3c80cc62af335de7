/**
 * The few words every room speaks: problem, secret, byte size, identifier, progress.
 *
 * <p>Nothing here touches the world: no file, no network, no clock. A type belongs here only when
 * three rooms already need it.
 */
@NullMarked
package dev.undercroft.base;

import org.jspecify.annotations.NullMarked;
