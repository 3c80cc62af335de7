-- Sign-in with a password, besides that through other services.

alter table users add column hashed_password text;

comment on column users.hashed_password is 'bcrypt, cost 12; null for those who sign in elsewhere.';
