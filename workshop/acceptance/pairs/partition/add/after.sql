create table r (id int, d date not null, v text) partition by range (d);
create table r1 partition of r for values from ('2026-01-01') to ('2027-01-01');
create table r2 partition of r for values from ('2027-01-01') to ('2028-01-01');
