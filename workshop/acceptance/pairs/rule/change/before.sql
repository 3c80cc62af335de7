create table t (id int primary key, a int, b text);
create rule r as on insert to t do also nothing;
