create table r (id int, d date not null, v text, primary key (id, d)) partition by range (d);
create table r1 partition of r for values from ('2026-01-01') to ('2027-01-01');
