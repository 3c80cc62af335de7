@NullMarked
package dev.undercroft.apps.simplycaster;

import org.jspecify.annotations.NullMarked;
