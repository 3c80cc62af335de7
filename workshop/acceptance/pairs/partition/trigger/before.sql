create table r (id int, d date not null, v text) partition by range (d);
create table r1 partition of r for values from ('2026-01-01') to ('2027-01-01');
create function f() returns trigger language plpgsql as 'begin return new;
end';
