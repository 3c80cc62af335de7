/**
 * Every statement to a database leaves through here: address, pool, session, tenant, transaction.
 */
@NullMarked
package dev.undercroft.access;

import org.jspecify.annotations.NullMarked;
