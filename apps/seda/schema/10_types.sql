-- Extensions and enumerations.

-- Part-of-name and similar-spelling search over artists.
create extension if not exists pg_trgm;

create type user_role as enum ('USER', 'ARTIST', 'ADMIN', 'SUPER_ADMIN');
comment on type user_role is 'USER and ARTIST (a verified one) chat; ADMIN and SUPER_ADMIN review and moderate; only SUPER_ADMIN makes an ADMIN.';

create type message_type as enum ('TEXT', 'TRACK_CARD', 'SYSTEM', 'REPLY');
comment on type message_type is 'What a message shows.';

create type verification_status as enum ('PENDING', 'CRAWLING', 'AWAITING_ADMIN', 'APPROVED', 'DENIED', 'EXPIRED');
comment on type verification_status is 'PENDING to CRAWLING or EXPIRED; CRAWLING to APPROVED or AWAITING_ADMIN; AWAITING_ADMIN to APPROVED or DENIED; the last three are final.';

create type moderation_action as enum ('DELETE_MESSAGE', 'MUTE_USER', 'CLEAR_REACTIONS');
comment on type moderation_action is 'What a moderator did.';
