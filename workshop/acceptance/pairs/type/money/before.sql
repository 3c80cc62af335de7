create table t (v money);
