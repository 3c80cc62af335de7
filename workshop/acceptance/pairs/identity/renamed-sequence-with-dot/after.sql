create table t (id int generated always as identity (sequence name "other.seq"), x text);
