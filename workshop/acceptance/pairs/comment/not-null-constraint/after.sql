-- since 18
create table t (id int primary key, a int not null);
comment on constraint t_a_not_null on t is 'must';
