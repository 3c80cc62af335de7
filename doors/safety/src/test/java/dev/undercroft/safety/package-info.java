@NullMarked
package dev.undercroft.safety;

import org.jspecify.annotations.NullMarked;
