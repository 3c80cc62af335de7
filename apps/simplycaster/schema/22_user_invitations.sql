-- Invitations to become host or administrator.

create table user_invitations (
  id uuid not null default gen_random_uuid(),
  email varchar(255) not null,
  role user_role not null,
  token_hash varchar(255) not null,
  status invitation_status not null default 'pending',
  invited_by uuid not null,
  accepted_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint user_invitations_pkey primary key (id),
  constraint user_invitations_invited_by_fkey foreign key (invited_by) references users (id) on delete cascade,
  constraint user_invitations_role_permanent check (role in ('host', 'admin')),
  constraint user_invitations_accepted_at check ((status = 'accepted') = (accepted_at is not null)),
  constraint user_invitations_expiry check (expires_at > created_at)
);

create unique index user_invitations_token_hash_key on user_invitations (token_hash) where status = 'pending';
create unique index user_invitations_email_role_key on user_invitations (lower(email), role) where status = 'pending';
create index user_invitations_invited_by_idx on user_invitations (invited_by, created_at desc);
create index user_invitations_expires_at_idx on user_invitations (expires_at) where status = 'pending';

create function user_invitations_status_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'pending' then
      raise exception 'an invitation starts as pending, not as %', new.status
        using errcode = 'check_violation', table = 'user_invitations', column = 'status', constraint = 'user_invitations_status_start';
    end if;
  elsif old.status <> 'pending' and new.status <> old.status then
    raise exception 'an invitation cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'user_invitations', column = 'status', constraint = 'user_invitations_status_transition';
  end if;
  return new;
end
$$;
comment on function user_invitations_status_guard() is 'An invitation starts pending and leaves that state once.';

create trigger user_invitations_status_guard before insert or update of status on user_invitations
  for each row execute function user_invitations_status_guard();

comment on table user_invitations is 'Invitations to become host or administrator; a valid pending token creates one account, once.';
comment on column user_invitations.email is 'Lower case, written so by the services.';
comment on column user_invitations.token_hash is 'SHA-256 of the token in hexadecimal.';
comment on column user_invitations.accepted_at is 'Set exactly when status is accepted.';
