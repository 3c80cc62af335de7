create table t (id int, owner text, grp int);
create table member (grp int, who text);
alter table t enable row level security;
create function mine(g int) returns boolean language sql stable security definer as $$ select exists (select from member where grp = g and who = current_user) $$;
create policy a on t for select using (owner = current_user);
create policy b on t for insert with check (mine(grp));
create policy c on t as restrictive to pg_monitor using (grp > 0);
