/** Tests of the room access. */
package dev.undercroft.access;
