@NullMarked
package dev.undercroft.apps.audiotricks;

import org.jspecify.annotations.NullMarked;
