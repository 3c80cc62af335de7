@NullMarked
package dev.undercroft.apps.codepal;

import org.jspecify.annotations.NullMarked;
