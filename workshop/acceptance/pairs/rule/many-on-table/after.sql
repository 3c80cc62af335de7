create table t (id int, a int, b int);
create table l (id int, what text, b int);
create rule i as on insert to t do also (insert into l values (new.id, 'i', new.b); notify something);
create rule u as on update to t do also nothing;
alter table t enable replica rule u;
comment on rule u on t is 'nothing';
