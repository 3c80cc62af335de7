create table t (id int primary key, a int, b text);
create rule r as on delete to t where old.id < 0 do instead nothing;
