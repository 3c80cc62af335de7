/**
 * Reads migration files, keeps the history, deploys what is pending, resumes after a crash; seeds.
 */
@NullMarked
package dev.undercroft.migrate;

import org.jspecify.annotations.NullMarked;
