-- Chat rooms.

create table rooms (
  id uuid not null default gen_random_uuid(),
  name text not null,
  description text,
  is_private boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint rooms_pkey primary key (id),
  constraint rooms_created_by_fkey foreign key (created_by) references users (id) on delete restrict
);

create index idx_rooms_private on rooms (is_private);
create index idx_rooms_created on rooms (created_at);
create index idx_rooms_created_by on rooms (created_by);

create trigger rooms_updated_at before update on rooms
  for each row execute function set_updated_at();

comment on table rooms is 'Chat rooms. A private room is visible to its members and its creator.';
comment on column rooms.created_by is 'The room stays as long as nobody deletes it: its creator cannot be deleted before.';
