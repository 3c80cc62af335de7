create table t (a int, b int) partition by list (a);
create table u (a int, b int) partition by list (a);
create table p partition of t for values in (1);
create index t_b on t (b);
create index u_b on u (b);
