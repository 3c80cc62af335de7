-- What is not deleted. Views see what the caller may see: the row policies of the tables below them apply.

create view live_projects with (security_invoker = true) as
select p.id, p.user_id, p.title, p.description, p.status, p.config, p.created_at, p.updated_at
  from projects p
 where p.deleted_at is null;
comment on view live_projects is 'Projects that are not deleted.';

create view live_assets with (security_invoker = true) as
select a.id, a.user_id, a.type, a.uri, a.metadata, a.size_bytes, a.expires_at, a.created_at
  from assets a
 where a.deleted_at is null;
comment on view live_assets is 'Assets that are not deleted.';

create view live_presets with (security_invoker = true) as
select p.id, p.user_id, p.name, p.config, p.is_default, p.created_at, p.updated_at
  from presets p
 where p.deleted_at is null;
comment on view live_presets is 'Presets that are not deleted.';
