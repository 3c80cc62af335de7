-- A link that was used, an invitation that was taken back and a guest who was sent away after the
-- backup must not be let in by it again.
update password_reset_tokens set used_at = least(now(), expires_at) where used_at is null;
update user_invitations set status = 'revoked' where status = 'pending';
update guests set left_at = now() where left_at is null and kicked_at is null;
