create table t (id int generated always as identity (start with 100 increment by 5 cache 10 cycle) primary key, a int, b text);
