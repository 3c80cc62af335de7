create table t (id int primary key, a int, b text);
create table u (id int);
create policy q on t using (id in (select id from u));
comment on policy q on t is 'x';
