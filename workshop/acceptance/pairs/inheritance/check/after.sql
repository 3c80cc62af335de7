create table p (a int, constraint other check (a > 1));
create table c () inherits (p);
