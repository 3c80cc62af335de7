create table l (k text) partition by list (k);
create table l1 partition of l for values in ('a', 'b');
create table l2 partition of l for values in (null);
