-- What each role may do beyond the platform's defaults; run after every deploy, repeatable.
-- Policies decide about rows, these lines about tables and columns.

-- Password material is the system role's alone; accounts are made by signing up, which is its work too.
revoke all on users from codepal_app, codepal_analytics;
grant select (id, name, email, email_verified, image, role, created_at, updated_at), delete on users to codepal_app;
grant update (name, email, image, role, hashed_password) on users to codepal_app;
grant select (id, name, email, email_verified, image, role, created_at, updated_at) on users to codepal_analytics;

-- Tokens and keys, also their hashes, stay out of reach.
revoke all on accounts, sessions, api_keys, verification_tokens from codepal_app, codepal_analytics;
grant select (id, user_id, type, provider, provider_account_id, expires_at, token_type, scope), delete on accounts to codepal_app;
grant select (id, user_id, expires), delete on sessions to codepal_app;
grant select (id, user_id, prefix, created_at, last_used_at, revoked_at), insert (key, prefix, user_id), update (revoked_at), delete
  on api_keys to codepal_app;
grant select (id, user_id, type, provider, provider_account_id, expires_at, token_type, scope) on accounts to codepal_analytics;
grant select (id, user_id, expires) on sessions to codepal_analytics;
grant select (id, user_id, prefix, created_at, last_used_at, revoked_at) on api_keys to codepal_analytics;
grant select (identifier, expires) on verification_tokens to codepal_analytics;

-- Projects are deleted by their status.
revoke delete on projects from codepal_app;

-- The audit log grows only, and only by its triggers.
revoke insert, update, delete on audit_log from codepal_app, codepal_system;
