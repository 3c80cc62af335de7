-- Who signed out after the backup must not be signed in by it again.
delete from sessions;
