create procedure p(in a int, out b int) language plpgsql as 'begin b := a; end';
