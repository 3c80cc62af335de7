/** The map of the house as a test: arrows, sizes, names, words. */
package dev.undercroft.architecture;
