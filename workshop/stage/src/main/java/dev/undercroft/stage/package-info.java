/** An application on stage: its data layer with its real roles, its routes over real HTTP. */
@NullMarked
package dev.undercroft.stage;

import org.jspecify.annotations.NullMarked;
