create table t (a int, b int, unique (a, b)) partition by list (a);
create table t1 partition of t for values in (1);
create table r (a int, b int, foreign key (a, b) references t (a, b));
