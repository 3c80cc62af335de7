/** Tests of the room sdk. */
package dev.undercroft.sdk;
