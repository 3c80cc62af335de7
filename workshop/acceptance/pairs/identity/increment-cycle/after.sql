create table t (id int generated always as identity (increment 5 cycle cache 3), x text);
