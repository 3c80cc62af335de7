/** The embedded server, started, killed, hindered and stopped for real. */
package dev.undercroft.embedded;
