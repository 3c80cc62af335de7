-- Who is in which room.

create table room_memberships (
  id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  user_id uuid not null,
  is_mod boolean not null default false,
  joined_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint room_memberships_pkey primary key (id),
  constraint room_memberships_room_id_user_id_key unique (room_id, user_id),
  constraint room_memberships_room_id_fkey foreign key (room_id) references rooms (id) on delete cascade,
  constraint room_memberships_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index idx_room_memberships_room on room_memberships (room_id);
create index idx_room_memberships_user on room_memberships (user_id);

comment on table room_memberships is 'Membership of users in rooms, once per room and user.';
comment on column room_memberships.is_mod is 'Moderates this room.';
