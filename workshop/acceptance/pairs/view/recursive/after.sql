create recursive view n (x) as values (1) union all select x + 1 from n where x < 5;
