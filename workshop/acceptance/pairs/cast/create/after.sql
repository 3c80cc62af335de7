create type m as enum ('a');
create function mi(m) returns int language sql immutable as 'select 1';
create cast (m as int) with function mi(m) as assignment;
comment on cast (m as int) is 'x';
