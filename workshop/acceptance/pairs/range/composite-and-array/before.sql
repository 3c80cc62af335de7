create type fr as range (subtype = int);
create type w as (r fr, n int);
create table t (id int, r fr, rs fr[], w w);
