create table t (id int generated always as identity (sequence name my_seq) primary key, a int, b text);
