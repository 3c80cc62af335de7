create function ok(x text) returns boolean immutable language sql as 'select true';
create domain d as text check (ok(value));
create table t (v d);
