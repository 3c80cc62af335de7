@NullMarked
package dev.undercroft.sqliteschema;

import org.jspecify.annotations.NullMarked;
