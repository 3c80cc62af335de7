/** The verbs of the product, one record each; authorised, audited and metered in one place. */
@NullMarked
package dev.undercroft.platform;

import org.jspecify.annotations.NullMarked;
