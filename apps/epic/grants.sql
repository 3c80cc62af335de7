-- What each role may do beyond the platform's defaults; run after every deploy, repeatable.
-- Policies decide about rows, these lines about tables and columns.

-- Accounts are made by signing up, which is the system role's work.
revoke all on users from epic_app, epic_analytics;
grant select, delete on users to epic_app;
grant update (email, name, image, role, settings, api_keys, deleted_at) on users to epic_app;
grant select (id, role, created_at, updated_at, deleted_at) on users to epic_analytics;

-- Tokens of other services and of sessions stay with the system role.
revoke all on accounts, sessions, verification_tokens from epic_app, epic_analytics;
grant select (id, user_id, type, provider, provider_account_id, expires_at, token_type, scope), delete on accounts to epic_app;
grant select (id, user_id, expires), delete on sessions to epic_app;
grant select (id, user_id, type, provider) on accounts to epic_analytics;
grant select (id, user_id, expires) on sessions to epic_analytics;

-- Users delete softly; what workers decide is theirs.
revoke delete on projects, assets, presets, jobs from epic_app;
revoke insert, update on jobs from epic_app;
grant insert (project_id, config, cost_estimate) on jobs to epic_app;
grant update (status) on jobs to epic_app;

-- The audit log grows only, and only by its triggers.
revoke insert, update, delete on audit_log from epic_app, epic_system;
revoke all on audit_log from epic_analytics;
