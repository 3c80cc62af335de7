/**
 * Reads settings from flags, environment, secret files, .env and undercroft.toml; knows of each its
 * name, type, default and origin.
 */
@NullMarked
package dev.undercroft.settings;

import org.jspecify.annotations.NullMarked;
