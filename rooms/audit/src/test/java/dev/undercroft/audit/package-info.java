@NullMarked
package dev.undercroft.audit;

import org.jspecify.annotations.NullMarked;
