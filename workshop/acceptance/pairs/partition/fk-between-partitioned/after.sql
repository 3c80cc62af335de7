create table t (a int, b int, primary key (a, b)) partition by list (a);
create table t1 partition of t for values in (1);
create table u (a int, b int, foreign key (a, b) references t) partition by list (a);
create table u1 partition of u for values in (1);
