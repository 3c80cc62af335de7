create table t (v text default 'yes');
