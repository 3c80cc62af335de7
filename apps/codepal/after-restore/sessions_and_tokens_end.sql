-- Who signed out, or used a link, after the backup must not be signed in by it again.
delete from sessions;
delete from verification_tokens;
