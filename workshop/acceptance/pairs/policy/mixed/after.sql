create table t (id int, owner text, grp bigint);
create table member (grp bigint, who text);
alter table t enable row level security;
alter table t force row level security;
create function mine(g bigint) returns boolean language sql stable security definer as $$ select exists (select from member where grp = g and who = current_user) $$;
create policy a on t for select using (owner = current_user or mine(grp));
create policy b on t for update using (mine(grp)) with check (mine(grp) and grp > 1);
create policy c on t as restrictive to pg_monitor, pg_read_all_data using (grp > 1);
