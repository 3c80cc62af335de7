create table t (v text default 'x');
