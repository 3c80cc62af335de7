/**
 * Who is asking: passwords, sessions, tokens, keys, lockout, roles, quotas, and the encryption of
 * single fields.
 *
 * <p>The room keeps nothing itself. Where something must be remembered, an application implements a
 * small interface over its own tables; the documentation of that interface says which of its
 * methods must be one statement.
 *
 * <ul>
 *   <li>Sign-in by password: {@link dev.undercroft.identity.Passwords}, {@link
 *       dev.undercroft.identity.SignIn}, {@link dev.undercroft.identity.PasswordPolicy}.
 *   <li>Links in mails, invitations, resets, guests: {@link dev.undercroft.identity.OpaqueToken}.
 *   <li>Bearer tokens: {@link dev.undercroft.identity.AccessTokens}; refresh: {@link
 *       dev.undercroft.identity.RefreshTokens}; programs: {@link dev.undercroft.identity.ApiKeys}.
 *   <li>Encrypted columns: {@link dev.undercroft.identity.FieldCipher}, {@link
 *       dev.undercroft.identity.OwnerKeys}.
 * </ul>
 */
@NullMarked
package dev.undercroft.identity;

import org.jspecify.annotations.NullMarked;
