create function a() returns bigint language sql as 'select count(*) from public.z';
create table z (id int);
create materialized view m as select a() as n;
