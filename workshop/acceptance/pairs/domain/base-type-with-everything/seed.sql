insert into acc values (1, 12.5, '{1,2}');
