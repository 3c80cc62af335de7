create operator family fam using btree;
alter operator family fam using btree add operator 1 < (int, int), function 1 btint4cmp(int, int);
