/** Measures the product beside what users would otherwise pick, on one server in one run. */
@NullMarked
package dev.undercroft.bench;

import org.jspecify.annotations.NullMarked;
