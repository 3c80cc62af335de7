/** Carries out the verbs about safety on the databases that a scope means. */
@NullMarked
package dev.undercroft.safety;

import org.jspecify.annotations.NullMarked;
