create operator === (function = int4eq, leftarg = int, rightarg = int, commutator = ===, restrict = eqsel, join = eqjoinsel, hashes, merges);
comment on operator === (int, int) is 'x';
