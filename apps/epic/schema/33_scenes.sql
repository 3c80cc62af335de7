-- The story of a project, in order.

create table scenes (
  id text not null default gen_random_uuid(),
  project_id text not null,
  scene_index integer not null,
  text text not null,
  prompt text,
  image_asset_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint scenes_pkey primary key (id),
  constraint scenes_project_id_fkey foreign key (project_id) references projects (id) on delete cascade,
  constraint scenes_image_asset_id_fkey foreign key (image_asset_id) references assets (id) on delete set null,
  -- Serves the look-up by project, too.
  constraint scenes_project_index_key unique (project_id, scene_index),
  constraint scenes_index_from_zero check (scene_index >= 0)
);

create index scenes_image_asset_id_idx on scenes (image_asset_id);

create function scenes_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.project_id) is distinct from (old.id, old.project_id) then
    raise exception 'a scene keeps its project'
      using errcode = 'check_violation', table = 'scenes', column = 'project_id', constraint = 'scenes_project_fixed';
  end if;
  if new.image_asset_id is not null and not exists (
      select from projects p join assets a on a.user_id = p.user_id
       where p.id = new.project_id and a.id = new.image_asset_id) then
    raise exception 'the picture of a scene belongs to the user of its project'
      using errcode = 'foreign_key_violation', table = 'scenes', column = 'image_asset_id', constraint = 'scenes_image_asset_id_fkey';
  end if;
  return new;
end
$$;
comment on function scenes_guard() is 'A scene stays in its project and shows a picture of the same user.';

create trigger scenes_guard before insert or update on scenes
  for each row execute function scenes_guard();
create trigger scenes_updated_at before update on scenes
  for each row execute function set_updated_at();

comment on table scenes is 'Scenes of a project.';
comment on column scenes.scene_index is 'Place in the story, from 0.';
comment on column scenes.prompt is 'What the picture is made from.';
