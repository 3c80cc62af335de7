create table t (id int primary key, n bigint);
create table log (id int, n bigint);
create rule r as on update to t do also insert into log values (new.id, new.n);
