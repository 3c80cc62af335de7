create table t (v timestamp, w timestamptz, x date);
