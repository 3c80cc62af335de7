create table t (v cidr);
