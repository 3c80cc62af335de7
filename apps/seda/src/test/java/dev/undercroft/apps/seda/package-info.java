@NullMarked
package dev.undercroft.apps.seda;

import org.jspecify.annotations.NullMarked;
