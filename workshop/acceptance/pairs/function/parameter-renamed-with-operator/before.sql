create function eq(a text, b text) returns boolean language sql immutable as $$ select a = b $$;
create operator === (function = eq, leftarg = text, rightarg = text, commutator = ===);
create table t (a text, check (a === 'x' or true));
create view v as select a === 'y' as same from t;
