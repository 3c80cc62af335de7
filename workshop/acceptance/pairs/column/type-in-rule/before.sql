create table t (id int primary key, n int);
create table log (id int, n int);
create rule r as on update to t do also insert into log values (new.id, new.n);
