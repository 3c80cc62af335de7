create procedure p(in a int, out c text, inout b int default 3) language plpgsql as 'begin b := a; end';
comment on procedure p(int, int) is 'does';
