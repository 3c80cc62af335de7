create function a(n int) returns int language plpgsql as 'begin return b(n - 1); end';
create function b(n int) returns int language plpgsql as 'begin return a(n - 1); end';
create table t (x int default a(1));
