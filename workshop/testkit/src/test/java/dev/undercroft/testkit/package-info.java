/** The testkit tested with itself. */
package dev.undercroft.testkit;
