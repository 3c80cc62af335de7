-- What each role may do beyond the platform's defaults; run after every deploy, repeatable.
-- Policies decide about rows, these lines about tables and columns.

-- Password material and reset tokens are the system role's alone.
revoke all on password_reset_tokens from simplycaster_app, simplycaster_analytics;
revoke all on users from simplycaster_app, simplycaster_analytics;
grant select (id, email, role, is_active, email_verified, failed_login_attempts, locked_until, last_login_at,
              last_login_ip, created_at, created_by, updated_at, deleted_at)
  on users to simplycaster_app;
grant update (email, role, is_active, email_verified, failed_login_attempts, locked_until, deleted_at)
  on users to simplycaster_app;
grant select (id, role, is_active, email_verified, last_login_at, created_at, updated_at, deleted_at)
  on users to simplycaster_analytics;

-- A guest stays in the room and with the host of the invitation.
revoke update on guests from simplycaster_app;
grant update (display_name, email, token_expires_at, last_seen_at, left_at, kicked_at, kicked_by)
  on guests to simplycaster_app;

-- Token hashes stay out of reports.
revoke all on user_invitations, guests from simplycaster_analytics;
grant select (id, role, status, invited_by, accepted_at, expires_at, created_at)
  on user_invitations to simplycaster_analytics;
grant select (id, room_id, joined_at, last_seen_at, left_at, kicked_at, invited_by, created_at)
  on guests to simplycaster_analytics;

-- The audit log grows only.
revoke update, delete on audit_log from simplycaster_app, simplycaster_system;

-- Except by rotation, which an administrator asks the services for.
grant execute on function audit_log_lines(date), audit_log_remove(date, text, uuid, text, text) to simplycaster_system;
