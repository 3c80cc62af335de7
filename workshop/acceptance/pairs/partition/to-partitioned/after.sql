create table r (id int, d date not null, v text) partition by range (d);
create table rd partition of r default;
