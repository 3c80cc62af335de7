/** Pairs of schemas of every kind, and the check that a plan leads from one to the other. */
package dev.undercroft.acceptance;
