/** Draws what a catalog contains: entities and relations, as Mermaid text and as SVG. */
@NullMarked
package dev.undercroft.diagram;

import org.jspecify.annotations.NullMarked;
