/** One suite per port, run on every engine. */
package dev.undercroft.contracts;
