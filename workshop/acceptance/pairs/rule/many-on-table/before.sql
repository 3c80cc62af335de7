create table t (id int, a int);
create table l (id int, what text);
create rule i as on insert to t do also insert into l values (new.id, 'i');
create rule d as on delete to t where old.a > 0 do instead insert into l values (old.id, 'd');
alter table t enable always rule i;
comment on rule i on t is 'log';
