/** What the documents say, tried. */
package dev.undercroft.docs;
