-- What administrators did.

create table admin_actions (
  id uuid not null default gen_random_uuid(),
  admin_id uuid not null,
  action text not null,
  target_id text,
  target_type text,
  details jsonb,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  constraint admin_actions_pkey primary key (id),
  constraint admin_actions_admin_id_fkey foreign key (admin_id) references users (id) on delete restrict
);

create index idx_admin_actions_admin on admin_actions (admin_id);
create index idx_admin_actions_target on admin_actions (target_id);
create index idx_admin_actions_created on admin_actions (created_at);

comment on table admin_actions is 'Actions of administrators; archived, then removed after 90 days.';
