CREATE TABLE p (a int); CREATE TABLE k (b int) INHERITS (p);
