/** Tests of the room identity. */
package dev.undercroft.identity;
