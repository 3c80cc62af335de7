-- renamed from a
create table b (x int primary key, z int, -- renamed from y
 check (z > 0));
