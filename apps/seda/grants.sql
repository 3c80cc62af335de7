-- What each role may do beyond the platform's defaults; run after every deploy, repeatable.
-- Policies decide about rows, these lines about tables and columns.

-- The subject at the sign-in service is the system role's alone; accounts are made there too.
revoke all on users from seda_app, seda_analytics;
grant select (id, email, role, muted_until, created_at, updated_at) on users to seda_app;
grant update (email, role, muted_until) on users to seda_app;
grant select (id, role, created_at, updated_at) on users to seda_analytics;

revoke all on crawler_cache from seda_app;
revoke update, delete on track_refs from seda_app;

-- Claim codes prove who somebody is.
revoke all on verification_requests from seda_analytics;
grant select (id, user_id, status, submitted_at, expires_at, crawled_at, reviewed_at, reviewed_by)
  on verification_requests to seda_analytics;

-- Messages are deleted by their mark, reactions are set and taken back.
revoke delete on messages from seda_app;
revoke update on reactions from seda_app;

-- A member stays the one that was taken in.
revoke update on room_memberships from seda_app;
grant update (is_mod) on room_memberships to seda_app;

-- Records of administration and moderation are written once.
revoke update, delete on admin_actions, moderation_logs from seda_app;
revoke update on admin_actions, moderation_logs from seda_system;
