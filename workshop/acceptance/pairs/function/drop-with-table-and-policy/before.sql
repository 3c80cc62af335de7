create table t (id int, owner text);
create function mine(t) returns boolean language sql as 'select $1.owner = current_user::text';
alter table t enable row level security;
create policy p on t using (mine(t));
create table u (id int);
create policy q on u using (exists (select from t));
create policy r on t using (exists (select from u));
