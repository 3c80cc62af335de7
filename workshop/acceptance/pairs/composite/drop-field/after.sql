create type c as (b text);
