/**
 * What an application may use: tenant sessions, typed queries (jOOQ), HTTP routes, identity, audit,
 * jobs.
 */
@NullMarked
package dev.undercroft.sdk;

import org.jspecify.annotations.NullMarked;
