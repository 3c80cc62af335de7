@NullMarked
package dev.undercroft.apps.epic;

import org.jspecify.annotations.NullMarked;
