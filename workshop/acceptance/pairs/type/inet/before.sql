create table t (v inet);
