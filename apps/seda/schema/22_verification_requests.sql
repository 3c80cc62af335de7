-- Requests of users to be known as an artist.

create table verification_requests (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  claim_code text not null,
  target_url text,
  status verification_status not null default 'PENDING',
  submitted_at timestamptz not null default now(),
  expires_at timestamptz not null,
  crawled_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid,
  denial_reason text,
  crawler_response jsonb,
  metadata jsonb,
  created_at timestamptz not null default now(),
  constraint verification_requests_pkey primary key (id),
  constraint verification_requests_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint verification_requests_reviewed_by_fkey foreign key (reviewed_by) references users (id) on delete set null,
  constraint verification_requests_claim_code_key unique (claim_code),
  constraint verification_requests_expiry check (expires_at > submitted_at)
);

create index idx_verification_requests_status on verification_requests (status);
create index idx_verification_requests_user on verification_requests (user_id);
create index idx_verification_requests_expires on verification_requests (expires_at);
create unique index verification_requests_one_open_key on verification_requests (user_id)
  where status in ('PENDING', 'CRAWLING', 'AWAITING_ADMIN');

create function verification_requests_status_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'PENDING' then
      raise exception 'a verification request starts as PENDING, not as %', new.status
        using errcode = 'check_violation', table = 'verification_requests', column = 'status', constraint = 'verification_requests_status_start';
    end if;
    return new;
  end if;
  if new.status <> old.status and not (
       (old.status = 'PENDING' and new.status in ('CRAWLING', 'EXPIRED'))
    or (old.status = 'CRAWLING' and new.status in ('APPROVED', 'AWAITING_ADMIN'))
    or (old.status = 'AWAITING_ADMIN' and new.status in ('APPROVED', 'DENIED'))
  ) then
    raise exception 'a verification request cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'verification_requests', column = 'status', constraint = 'verification_requests_status_transition';
  end if;
  return new;
end
$$;
comment on function verification_requests_status_guard() is 'A request moves only along the allowed path.';

create trigger verification_requests_status_guard before insert or update of status on verification_requests
  for each row execute function verification_requests_status_guard();

comment on table verification_requests is 'Requests to be verified as an artist; one open request per user.';
comment on column verification_requests.claim_code is 'The user puts it on the artist''s page, where the crawler looks for it.';
comment on column verification_requests.expires_at is 'Seven days after the request.';
