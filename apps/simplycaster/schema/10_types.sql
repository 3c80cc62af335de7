-- Extensions and enumerations.

-- Similarity search over e-mail addresses.
create extension if not exists pg_trgm;

create type user_role as enum ('guest', 'host', 'admin');
comment on type user_role is 'Who acts. Accounts are host or admin; guest occurs in the audit log only.';

create type room_status as enum ('waiting', 'active', 'recording', 'closed');
comment on type room_status is 'waiting to active or closed; active to recording or closed; recording to active or closed; closed is final.';

create type recording_status as enum ('recording', 'uploading', 'processing', 'completed', 'failed');
comment on type recording_status is 'recording, uploading, processing, completed in this order; each may fail; a failed one may upload again; completed is final.';

create type invitation_status as enum ('pending', 'accepted', 'expired', 'revoked');
comment on type invitation_status is 'pending to accepted, expired or revoked; those three are final.';
